import type { History } from '../audit/entry.ts';
import { listEntries } from '../audit/store.ts';
import type { Database } from '../db/database.ts';
import { findOpen } from './store.ts';

/** What was done to a person's license, newest first, and what is still open. */
export async function showHistory(db: Database, accountId: string, userId: string): Promise<History> {
  const [{ entries }, open] = await Promise.all([
    listEntries(db, accountId, { userId }),
    findOpen(db, accountId, userId),
  ]);
  return {
    entries,
    open: open
      ? {
          changeId: open.id,
          at: open.requested_at.toISOString(),
          operator: open.operator_name,
          login: open.login,
          from: open.from_license,
          to: open.to_license,
          state: open.state === 'unknown' ? 'unknown' : 'pending',
        }
      : null,
  };
}
