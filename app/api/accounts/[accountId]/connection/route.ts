import { z } from 'zod';
import { answer, operatorRoute } from '@/app/guard/routes.ts';
import { caughtRefusal } from '@/lib/chime/refusals.ts';
import { takeTurn } from '@/lib/chime/turn.ts';
import { deps } from '@/lib/deps.ts';
import { chimeId } from '@/lib/id.ts';
import { failureFrom } from '@/lib/result.ts';

/** Whether Chime answers us for this account, right now. */
export const GET = operatorRoute(
  'users:view',
  z.object({ accountId: chimeId }),
  async ({ accountId }, { requestId }) => {
    try {
      const turn = await takeTurn(deps(), 'reading');
      await turn.call(() => deps().chime.getAccount(accountId, AbortSignal.timeout(10_000)));
      return answer({ state: 'ok' });
    } catch (error) {
      const refusal = caughtRefusal(error);
      return answer({ state: refusal.code, failure: failureFrom(refusal, requestId) });
    }
  },
);
