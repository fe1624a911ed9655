import { z } from 'zod';
import { answerComparison } from '@/app/accounts/trend/answer-comparison.ts';
import { operatorRoute } from '@/app/guard/routes.ts';
import { chimeId } from '@/lib/id.ts';

const shape = z.object({ accountId: chimeId }).catchall(z.string());

export const GET = operatorRoute('users:view', shape, async ({ accountId, ...query }, caller) =>
  answerComparison(caller, query, accountId),
);
