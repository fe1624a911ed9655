import { randomUUID } from 'node:crypto';
import { appendEntries } from '../audit/append-entries.ts';
import { factsOfBatch, recordState } from '../batches/store.ts';
import type { Database } from '../db/database.ts';
import { callWorkers } from '../events/tell.ts';
import { acceptOpenRestore, endEverySession, endEveryToken } from '../restores/store.ts';
import type { ConsoleUser } from './console-user.ts';
import {
  askForListings,
  forgetLateCalls,
  holdDueEndings,
  listBatchesToHold,
  plannedEndings,
} from './held-work-store.ts';

/** What waits for a review after a restore: batches that are paused, plans that did not end; and how many plans end later. */
export type HeldWork = { batches: number; endings: number; plannedEndings: number };

/**
 * Lets changes be made again after a restore: ends all sessions and tokens, pauses every batch that would go on by itself, holds the ends of
 * plans whose time has come, and asks for a listing of every account, all in one transaction with its entries in the audit. Undefined, and
 * nothing is done, where no restore waits to be accepted.
 */
export async function acceptRestore(db: Database, by: ConsoleUser, why: string): Promise<HeldWork | undefined> {
  return db.transaction().execute(async (trx) => {
    if (!(await acceptOpenRestore(trx))) return undefined;
    await endEverySession(trx);
    await endEveryToken(trx);
    const batches = await listBatchesToHold(trx);
    for (const { id } of batches) await recordState(trx, id, 'paused', 'restore');
    const endings = await holdDueEndings(trx);
    await forgetLateCalls(trx);
    await askForListings(trx);
    await callWorkers(trx);
    await appendEntries(trx, [
      { action: 'restore-accept', outcome: 'applied', requestId: randomUUID(), why, ...by },
      ...batches.map((batch) => ({ ...factsOfBatch(batch, 'batch-pause'), ...by })),
    ]);
    return { batches: batches.length, endings, plannedEndings: await plannedEndings(trx) };
  });
}
