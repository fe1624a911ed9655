import type { Scope } from '../accounts/scope.ts';
import type { Executor } from '../db/database.ts';
import type { WaitingInAccount } from './batch.ts';
import { countWaitingByAccount } from './store.ts';

/**
 * In which of a viewer's accounts (`accounts`) batches of others wait for their approval; none where they may not approve.
 */
export async function showWaiting(
  db: Executor,
  viewer: { id: string; accounts: Scope; mayApprove: boolean },
): Promise<WaitingInAccount[]> {
  return viewer.mayApprove ? countWaitingByAccount(db, viewer.accounts, viewer.id) : [];
}
