import { downloadCost } from '@/app/accounts/trend/download-cost.ts';
import { operatorRoute } from '@/app/guard/routes.ts';
import { queryOfAll } from '../../query-of-all.ts';

/** All accounts that the operator may see, each by itself and together. */
export const GET = operatorRoute('users:view', queryOfAll, (_, caller) => downloadCost(caller, null));
