import type { Deps } from '../chime/deps.ts';
import { Refusal } from '../failures.ts';
import { type BatchLimits, needsApproval, peopleInDay } from '../operators/batch-limits.ts';
import type { Role } from '../operators/roles.ts';
import type { BatchState, Submitter } from './batch.ts';
import { onceApproved, recordStep, refuseEndBeforeStart, requireBatch, type Target } from './steer-batch.ts';
import { findRuns, holdSubmitter, recordSubmission } from './store.ts';

/**
 * Gives a batch that has not begun another start; null: now. Whether it needs a second admin is decided anew, because an
 * approval was for the time that the second admin has seen. Refuses a batch of somebody else, one that has begun, and a
 * start after its end.
 */
export async function moveStart(
  { db }: Pick<Deps, 'db'>,
  target: Target & { startAt: Date | null },
  by: Submitter & { operatorRole: Role },
  limits: BatchLimits,
): Promise<BatchState> {
  const { startAt } = target;
  return db.transaction().execute(async (trx) => {
    await holdSubmitter(trx, by.operatorId);
    const batch = await requireBatch(trx, target);
    if (batch.operator_id !== by.operatorId) throw new Refusal('not-allowed', 'Another admin submitted this batch.');
    if (batch.state !== 'waiting' && batch.state !== 'scheduled')
      throw new Refusal('invalid', 'This batch has already started.');
    refuseEndBeforeStart(batch, startAt);
    const others = await findRuns(trx, by.operatorId, batch.id);
    const inDay = peopleInDay(others, startAt ?? new Date());
    const state = needsApproval(limits, by.operatorRole, batch.total, inDay) ? 'waiting' : onceApproved(startAt);
    await recordSubmission(trx, batch.id, by, { state, startAt });
    await recordStep(trx, batch, 'batch-submit', by);
    return state;
  });
}
