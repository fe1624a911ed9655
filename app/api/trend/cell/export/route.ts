import { downloadMoved } from '@/app/accounts/trend/download-moved.ts';
import { operatorRoute } from '@/app/guard/routes.ts';
import { cellAsked } from '@/lib/trend/links.ts';
import { queryOfAll } from '../../query-of-all.ts';

export const GET = operatorRoute('users:view', queryOfAll, async ({ accountId: _, ...query }, caller) =>
  downloadMoved(caller, cellAsked(query), null),
);
