import { appendEntries } from '../audit/append-entries.ts';
import type { BatchAction } from '../audit/entry.ts';
import type { Deps } from '../chime/deps.ts';
import type { Executor } from '../db/database.ts';
import { tell } from '../events/tell.ts';
import { Refusal } from '../failures.ts';
import { type BatchLimits, needsApproval, peopleInDay } from '../operators/batch-limits.ts';
import type { Role } from '../operators/roles.ts';
import type { BatchState, Submitter } from './batch.ts';
import {
  acceptFailures,
  type Batch,
  factsOfBatch,
  findRuns,
  forgetReading,
  holdBatch,
  holdSubmitter,
  recordApproval,
  recordState,
  recordSubmission,
} from './store.ts';

export type Target = { accountId: string; batchId: string };

/**
 * Submits a preview, as it was seen: the fingerprint has to be that of the list. Above the limits it waits for a second
 * admin. Submitted a second time it stays as it is. Refuses one without a reason, of somebody else, or about nobody.
 */
export async function submitBatch(
  { db }: Pick<Deps, 'db'>,
  target: Target & { fingerprint: string; startAt: Date | null },
  by: Submitter & { operatorRole: Role },
  limits: BatchLimits,
): Promise<BatchState> {
  return db.transaction().execute(async (trx) => {
    await holdSubmitter(trx, by.operatorId);
    const batch = await requireBatch(trx, target);
    if (batch.operator_id !== by.operatorId) throw new Refusal('not-allowed', 'Another operator created this preview.');
    if (batch.fingerprint !== target.fingerprint)
      throw new Refusal('invalid', 'The list has changed since it was shown.');
    if (batch.submitted_at !== null) return batch.state;
    if (batch.state !== 'draft') throw new Refusal('invalid', 'The batch has been discarded.');
    if (batch.total === 0) throw new Refusal('invalid', 'Nothing to change.');
    if (!batch.reason) throw new Refusal('invalid', 'Enter a reason.');
    refuseEndBeforeStart(batch, target.startAt);
    const inDay = peopleInDay(await findRuns(trx, by.operatorId), target.startAt ?? new Date());
    const state = needsApproval(limits, by.operatorRole, batch.total, inDay) ? 'waiting' : onceApproved(target.startAt);
    await recordSubmission(trx, batch.id, by, { state, startAt: target.startAt });
    await recordStep(trx, batch, 'batch-submit', by);
    return state;
  });
}

/** Refuses a plan that ends before it is given, which is never meant. `startAt`: null for now. */
export function refuseEndBeforeStart({ end_at }: Batch, startAt: Date | null): void {
  if (end_at && end_at.getTime() <= (startAt?.getTime() ?? Date.now())) {
    throw new Refusal('invalid', 'The plans would end before they start.');
  }
}

/** The state of a batch that needs no approval, or has it. */
export const onceApproved = (startAt: Date | null) => (startAt === null ? 'starting' : 'scheduled');

/** A second admin lets a batch go on: exactly the list they have seen. */
export async function approveBatch(
  { db }: Pick<Deps, 'db'>,
  target: Target & { fingerprint: string },
  by: Submitter,
): Promise<BatchState> {
  return db.transaction().execute(async (trx) => {
    const batch = await requireBatch(trx, target);
    if (batch.operator_id === by.operatorId) throw new Refusal('not-allowed', 'Another admin has to approve it.');
    if (batch.fingerprint !== target.fingerprint)
      throw new Refusal('invalid', 'The list has changed since it was shown.');
    if (batch.state !== 'waiting') return batch.state;
    refuseEndBeforeStart(batch, batch.start_at);
    const state = onceApproved(batch.start_at);
    await recordApproval(trx, batch.id, by, state);
    await recordStep(trx, batch, 'batch-approve', by);
    return state;
  });
}

export type Steer = 'pause' | 'resume' | 'stop' | 'discard';

type Move = { from: readonly BatchState[]; to: BatchState; action: BatchAction };

const moves: Record<Steer, Move> = {
  pause: { from: ['running', 'starting'], to: 'paused', action: 'batch-pause' },
  resume: { from: ['paused'], to: 'running', action: 'batch-resume' },
  stop: { from: ['running', 'starting', 'paused'], to: 'stopped', action: 'batch-stop' },
  discard: { from: ['draft', 'waiting', 'scheduled'], to: 'discarded', action: 'batch-discard' },
};

/**
 * Pauses, resumes, stops or discards a batch; one that is there already, or past it, stays as it is. Answers its state. After a
 * pause or a stop no call begins any more; those on their way come to their end. Refuses to resume what would have ended before.
 */
export async function steerBatch(
  { db }: Pick<Deps, 'db'>,
  target: Target & { steer: Steer },
  by: Submitter,
): Promise<BatchState> {
  return db.transaction().execute(async (trx) => {
    const batch = await requireBatch(trx, target);
    if (batch.state === 'draft' && batch.operator_id !== by.operatorId) throw new Refusal('invalid', noSuchBatch);
    const { from, to, action } = moves[target.steer];
    if (!from.includes(batch.state)) return batch.state;
    const next = to === 'running' ? onceResumed(batch) : to;
    if (to === 'running') refuseEndBeforeStart(batch, null);
    await recordState(trx, batch.id, next, to === 'paused' || to === 'stopped' ? 'operator' : null, by);
    if (target.steer === 'resume') await acceptFailures(trx, batch.id);
    if (isReadAgain(batch)) await forgetReading(trx, batch.id);
    await recordStep(trx, batch, action, by);
    return next;
  });
}

/**
 * A batch that was paused before its time waits for that again. One whose people have not been read, or not since its
 * account was taken out of the settings or the database was restored, begins with that.
 */
function onceResumed({ started_at, start_at, stop_cause }: Batch): BatchState {
  if (started_at === null && start_at !== null && start_at.getTime() > Date.now()) return 'scheduled';
  return started_at === null || isReadAgain({ stop_cause }) ? 'starting' : 'running';
}

/** Whether nobody knows what happened to its people meanwhile. */
const isReadAgain = ({ stop_cause }: Pick<Batch, 'stop_cause'>) => stop_cause === 'account' || stop_cause === 'restore';

/** Also of somebody else's preview. */
const noSuchBatch = 'There is no such batch.';

/** A batch as it is, held for the rest of the transaction; refuses one that is not there. */
export async function requireBatch(trx: Executor, { accountId, batchId }: Target): Promise<Batch> {
  const batch = await holdBatch(trx, accountId, batchId);
  if (!batch) throw new Refusal('invalid', noSuchBatch);
  return batch;
}

/** Writes down what was done with a batch; lists of people show at once who is queued now, and who is not any more. */
export async function recordStep(trx: Executor, batch: Batch, action: BatchAction, by: Submitter): Promise<void> {
  const { operatorId, operatorName, operatorRole, requestId, token } = by;
  const who = { operatorId, operatorName, operatorRole, requestId, tokenId: token?.id, tokenName: token?.name };
  await appendEntries(trx, [{ ...factsOfBatch(batch, action), ...who }]);
  await tell(trx, { kind: 'changed', accountId: batch.account_id, userIds: null });
}
