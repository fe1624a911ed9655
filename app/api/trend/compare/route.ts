import { z } from 'zod';
import { answerComparison } from '@/app/accounts/trend/answer-comparison.ts';
import { operatorRoute } from '@/app/guard/routes.ts';

/** Of all accounts, so of none: one that is named belongs to the other address. */
const shape = z.object({ accountId: z.never().optional() }).catchall(z.string());

export const GET = operatorRoute('users:view', shape, async ({ accountId: _, ...query }, caller) =>
  answerComparison(caller, query, null),
);
