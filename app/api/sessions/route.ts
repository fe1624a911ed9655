import { z } from 'zod';
import { answer, operatorRoute } from '@/app/guard/routes.ts';
import { countOwnOtherSessions } from '@/app/guard/session.ts';

/** How many sessions the operator has beside this one. */
export const GET = operatorRoute('users:view', z.object({ accountId: z.never().optional() }), async (_, { operator }) =>
  answer({ others: await countOwnOtherSessions(operator) }),
);
