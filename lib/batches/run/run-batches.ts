import { appendEntries } from '../../audit/append-entries.ts';
import type { AuthConfig } from '../../auth/auth-config.ts';
import type { Deps } from '../../chime/deps.ts';
import { type Turn, takeTurn } from '../../chime/turn.ts';
import type { Database } from '../../db/database.ts';
import { tell } from '../../events/tell.ts';
import { log } from '../../log/log.ts';
import { maySubmitterRun } from '../rights.ts';
import {
  type Batch,
  factsOfBatch,
  findBatch,
  hold,
  holdBatch,
  listOutside,
  nextBatch,
  recordState,
  startScheduled,
} from '../store.ts';
import { takeChunk, takeSilentChunk } from './chunks-store.ts';
import { executeChunk } from './execute-chunk.ts';
import { askForListings, beginReading, runRead } from './freshness-store.ts';
import type { Chunk } from './lease-store.ts';

/**
 * Lets batches begin whose time has come, as soon as people of theirs have been read since then; pauses those of accounts that
 * Carillon does not look after any more.
 */
export async function startBatches({ db, chime }: Deps): Promise<void> {
  for (const batch of await listOutside(db, chime.accounts)) await pauseOutside(db, batch);
  await startScheduled(db);
  await beginReading(db);
  await askForListings(db);
  await runRead(db);
}

/**
 * One slot of a worker: sends people of running batches, 20 a call, at the pace that Chime lets through, until nobody is
 * left to be sent. Any number of slots of any number of workers share the work.
 */
export async function runBatches(deps: Deps, authConfig: AuthConfig, stopping: AbortSignal): Promise<void> {
  while (!stopping.aborted) {
    const batch = await nextBatch(deps.db, deps.chime.accounts);
    if (!batch) return;
    if (!(await mayGoOn(deps, authConfig, batch))) continue;
    const turn = await takeTurn(deps, 'batch', { signal: stopping });
    const chunk = await takeChunk(deps.db, batch);
    if (!chunk) return; // others have hold of who is left; asking again at once would only keep the database busy
    if (chunk.people.length > 0) await carryOrHold(deps, authConfig, chunk, turn, stopping);
  }
}

/** Takes over what workers that have gone silent were at. */
export async function takeOverChunks(deps: Deps, authConfig: AuthConfig, stopping: AbortSignal): Promise<void> {
  for (;;) {
    const chunk = await takeSilentChunk(deps.db, deps.chime.accounts);
    if (!chunk || stopping.aborted) return;
    await carryOrHold(deps, authConfig, chunk, undefined, stopping);
  }
}

/**
 * Carries a chunk. A fault of Carillon's own holds its batch up, longer each time, and the chunk is taken over again when its
 * lease has run out.
 */
async function carryOrHold(
  deps: Deps,
  authConfig: AuthConfig,
  chunk: Chunk,
  turn: Turn | undefined,
  stopping: AbortSignal,
): Promise<void> {
  const maySend = async () => {
    const batch = await findBatch(deps.db, chunk.accountId, chunk.batchId);
    return batch !== undefined && mayGoOn(deps, authConfig, batch);
  };
  try {
    await executeChunk(deps, chunk, turn, maySend, stopping);
  } catch (error) {
    if (stopping.aborted) throw error;
    log.error({ err: error, batchId: chunk.batchId }, 'Some people of a batch could not be changed yet');
    await hold(deps.db, chunk.batchId, 'unexpected');
  }
}

/**
 * Whether a call may go out for a batch: it runs, its plans would not end at once, and its submitter may still run it. Else it
 * stops permanently.
 */
async function mayGoOn(deps: Deps, authConfig: AuthConfig, batch: Batch): Promise<boolean> {
  if (batch.state !== 'running') return false;
  if (batch.end_at !== null && batch.end_at.getTime() <= Date.now()) {
    await endItself(deps.db, batch, 'stopped', 'end');
    return false;
  }
  if (await maySubmitterRun(deps.db, authConfig, batch)) return true;
  await stopForRights(deps, batch);
  return false;
}

/** Who submitted it may no longer do so: nothing more is sent, for good. */
const stopForRights = ({ db }: Deps, batch: Batch) => endItself(db, batch, 'stopped', 'rights');

/** Its account is not looked after any more: nothing more is sent until it is again, and somebody lets the batch go on. */
const pauseOutside = (db: Database, batch: Batch) => endItself(db, batch, 'paused', 'account');

/** What the audit says of it. */
const failureOf = { account: 'unknown-account', rights: 'not-allowed', end: 'interrupted' } as const;

/** Ends or pauses a batch for a reason of Carillon's own, with its audit entry; one that has moved on meanwhile is left as it is. */
async function endItself(
  db: Database,
  { id, account_id: accountId, state }: Batch,
  next: 'paused' | 'stopped',
  cause: 'account' | 'rights' | 'end',
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const batch = await holdBatch(trx, accountId, id);
    if (batch?.state !== state) return;
    await recordState(trx, id, next, cause);
    const action = next === 'paused' ? 'batch-pause' : 'batch-stop';
    const failure = failureOf[cause];
    const { operatorId: _, operatorName: __, operatorRole: ___, ...facts } = factsOfBatch(batch, action);
    await appendEntries(trx, [{ ...facts, failure, outcome: 'failed' }]);
    await tell(trx, { kind: 'changed', accountId, userIds: null });
  });
}
