import type { NewFacts } from '../../audit/append-entries.ts';
import type { Executor } from '../../db/database.ts';
import { type Batch, factsOfBatch, recordState } from '../store.ts';
import { hasTooManyFailures } from './pause-threshold.ts';

/** Pauses a running batch of which too many have failed. Answers what the audit has to say of that. */
export async function pauseFailingBatch(trx: Executor, batch: Batch): Promise<NewFacts[]> {
  if (batch.state !== 'running' || !hasTooManyFailures(batch)) return [];
  await recordState(trx, batch.id, 'paused', 'failures');
  return [{ ...factsOfBatch(batch, 'batch-pause'), operatorId: null, operatorName: null, operatorRole: null }];
}
