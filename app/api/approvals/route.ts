import { z } from 'zod';
import { answer, operatorRoute } from '@/app/guard/routes.ts';
import { showWaiting } from '@/lib/batches/show-waiting.ts';
import { deps } from '@/lib/deps.ts';
import { may } from '@/lib/operators/permissions.ts';

/** In which of the operator's accounts batches wait for their approval. */
export const GET = operatorRoute(
  'batches:view',
  z.object({ accountId: z.never().optional() }),
  async (_, { operator }) => {
    const { id, accounts } = operator;
    return answer(await showWaiting(deps().db, { id, accounts, mayApprove: may(operator, 'batches:run') }));
  },
);
