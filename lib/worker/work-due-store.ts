import { sql } from 'kysely';
import { anyBatchIsDue } from '../batches/store.ts';
import { anyLateCallIsDue } from '../changes/late/store.ts';
import { anyChangeIsDue } from '../changes/leases-store.ts';
import type { Deps } from '../chime/deps.ts';
import { anyEndingIsDue } from '../endings/store.ts';
import { isDueForListing } from '../mirror/listings-store.ts';
import { anyRestoreWaits } from '../restores/store.ts';

/**
 * Whether there may be something to do just now: one question for all kinds of work, so that rest costs next to nothing. Where a
 * restore waits to be accepted there is nothing.
 */
export async function isWorkDue({ db, chime }: Deps): Promise<boolean> {
  const { rows } = await sql<{ due: boolean }>`
    select not ${anyRestoreWaits} and (exists (select from accounts where ${isDueForListing(chime.accounts)})
      or ${anyBatchIsDue} or ${anyEndingIsDue} or ${anyChangeIsDue} or ${anyLateCallIsDue}) as due`.execute(db);
  return rows[0]?.due ?? false;
}
