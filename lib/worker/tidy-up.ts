import { forgetOldSessions } from '../auth/store.ts';
import { forgetOldTries } from '../auth/tries/tries-store.ts';
import { forgetOldBatches } from '../batches/old-batches-store.ts';
import { forgetOldHandChanges } from '../changes/hand-changes-store.ts';
import { forgetOldArrivals } from '../changes/late/store.ts';
import { forgetOldChanges } from '../changes/store.ts';
import { forgetOldActivity } from '../costs/activity-store.ts';
import { compactCounts } from '../counts/counts-store.ts';
import type { Database, Executor } from '../db/database.ts';
import { forgetOldEndings } from '../endings/store.ts';
import { forgetSilentWorkers } from '../events/heartbeat-store.ts';
import { forgetOldLists } from '../lists/store.ts';
import { forgetOldReads } from '../mirror/person-reads-store.ts';
import { forgetOldTokens } from '../tokens/store.ts';

/** Forgets what is of use for minutes or days alone. */
export async function tidyUp(db: Database): Promise<void> {
  await compactCounts(db);
  await forgetSilentWorkers(db);
  await forgetOldLists(db);
  await forgetOldTries(db);
  await forgetOldReads(db);
  await forgetOldHandChanges(db);
  await forgetOldArrivals(db);
}

/** Each takes a few rows at a time, and answers how many there were. */
const forgetting: ((db: Executor) => Promise<bigint>)[] = [
  forgetOldSessions,
  forgetOldTokens,
  forgetOldEndings,
  forgetOldChanges,
  forgetOldBatches,
  forgetOldActivity,
];

/** Forgets what has been kept for as long as docs/operating.md says, until nothing of it is left. The audit is not among it. */
export async function forgetOld(db: Database, stopping?: AbortSignal): Promise<void> {
  for (const forget of forgetting) {
    while ((await forget(db)) > 0n && !stopping?.aborted);
  }
}
