import type { Refresh } from '../accounts/account.ts';
import { wantSyncAfterRest } from '../accounts/store.ts';
import type { Database } from '../db/database.ts';
import { callWorkers } from '../events/tell.ts';

/**
 * Asks for a fresh listing of an account; a worker begins within a second. A listing that is under way answers the wish. So
 * that asking again and again does not keep Chime busy with a large account, each listing is followed by a rest.
 */
export async function refreshMirror(db: Database, accountId: string): Promise<Refresh> {
  const until = await wantSyncAfterRest(db, accountId);
  if (until) return { state: 'resting', until: until.toISOString() };
  await callWorkers(db);
  return { state: 'asked' };
}
