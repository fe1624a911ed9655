import { answerComparison } from '@/app/accounts/trend/answer-comparison.ts';
import { operatorRoute } from '@/app/guard/routes.ts';
import { queryOfAll } from '../query-of-all.ts';

export const GET = operatorRoute('users:view', queryOfAll, async ({ accountId: _, ...query }, caller) =>
  answerComparison(caller, query, null),
);
