import { sql } from 'kysely';
import type { ChimeRefusal } from '../../chime/refusals.ts';
import type { Database } from '../../db/database.ts';
import { tell } from '../../events/tell.ts';
import type { Failure } from '../../failures.ts';
import { type Batch, holdBatch } from '../store.ts';
import { settleUnsent, type Unsent } from './settle-chunks-store.ts';

type Whose = { accountId: string; batchId: string };

/** Settles people of a batch where Chime did not say what they have: nothing is sent for them. Those taken meanwhile are left alone. */
export async function settleUnreadable(
  db: Database,
  { accountId, batchId }: Whose,
  refused: { userId: string; refusal: ChimeRefusal }[],
): Promise<void> {
  if (refused.length === 0) return;
  const refusals = new Map(refused.map(({ userId, refusal }) => [userId, refusal]));
  await db.transaction().execute(async (trx) => {
    const { rows } = await sql<Omit<Unsent, 'failure'>>`
      select position, user_id, from_license, to_license, reason, undoes from batch_items
      where batch_id = ${batchId}::uuid and state = 'waiting' and user_id = any(${[...refusals.keys()]})
      order by position for update skip locked`.execute(trx);
    const batch = await holdBatch(trx, accountId, batchId);
    if (!batch || rows.length === 0 || !isBegun(batch.state)) return;
    const failures = rows.map(
      (row): Unsent => ({ ...row, failure: failureOf(refusals.get(row.user_id), row.from_license) }),
    );
    await settleUnsent(trx, batch, failures);
    await tell(trx, { kind: 'changed', accountId, userIds: rows.map(({ user_id }) => user_id) });
  });
}

/** Nobody of a batch that was paused or stopped meanwhile is settled: who waits in it stays as they are. */
const isBegun = (state: Batch['state']) => state === 'starting' || state === 'running';

function failureOf(refusal: ChimeRefusal | undefined, current: string | null): Failure {
  return { current, ...refusal?.facts, code: refusal?.code ?? 'unreadable', at: new Date().toISOString() };
}
