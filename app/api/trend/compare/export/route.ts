import { downloadComparison } from '@/app/accounts/trend/download-comparison.ts';
import { operatorRoute } from '@/app/guard/routes.ts';
import { queryOfAll } from '../../query-of-all.ts';

export const GET = operatorRoute('users:view', queryOfAll, async ({ accountId: _, ...query }, caller) =>
  downloadComparison(caller, query, null),
);
