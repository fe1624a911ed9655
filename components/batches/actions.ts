import type { BatchState, DraftEdit, RetryOf } from '@/lib/batches/batch.ts';
import type { License } from '@/lib/licenses/license.ts';
import type { Result } from '@/lib/result.ts';

/** The people a new batch is about; a file goes another way. */
export type Chosen =
  | { kind: 'people'; userIds: string[] }
  | { kind: 'everybody' }
  | { kind: 'filter'; params: string }
  | { kind: 'list'; text: string }
  | { kind: 'retry'; batchId: string; only?: RetryOf }
  | { kind: 'no-return'; batchId: string }
  | { kind: 'undo'; batchId: string };

type BatchOf = { accountId: string; batchId: string };
type Seen = BatchOf & { fingerprint: string };

export type PrepareBatch = (input: {
  accountId: string;
  people: Chosen;
  to: License | null;
  reason: string;
  /** For temporary plans only: what the clocks of the zone show at its end. */
  until?: { wall: string; zone: string } | undefined;
}) => Promise<Result<{ batchId: string }>>;

/** What the page of a batch may ask of its server. Each may reject when the connection is gone. */
export type BatchActions = {
  prepareBatch: PrepareBatch;
  editDraft(input: BatchOf & { edit: DraftEdit }): Promise<Result<null>>;
  submitBatch(input: Seen & { startAt: string | null }): Promise<Result<BatchState>>;
  moveStart(input: BatchOf & { startAt: string | null }): Promise<Result<BatchState>>;
  approveBatch(input: Seen): Promise<Result<BatchState>>;
  steerBatch(input: BatchOf & { steer: 'pause' | 'resume' | 'stop' | 'discard' }): Promise<Result<BatchState>>;
};
