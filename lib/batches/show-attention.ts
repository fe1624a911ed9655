import type { Executor } from '../db/database.ts';
import { countNotEnded } from '../endings/not-ended-store.ts';
import type { Attention } from './batch.ts';
import { countWaiting } from './store.ts';

/** How much there is to look at for a viewer. Nobody is asked to approve what they have asked for, or may not approve. */
export async function showAttention(
  db: Executor,
  accountId: string,
  viewer: { id: string; mayApprove: boolean },
): Promise<Attention> {
  const [approvals, notEnded] = await Promise.all([
    viewer.mayApprove ? countWaiting(db, accountId, viewer.id) : 0,
    countNotEnded(db, accountId),
  ]);
  return { approvals, notEnded };
}
