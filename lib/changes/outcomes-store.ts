import { maxTries } from '../chime/call-policy.ts';
import type { Executor } from '../db/database.ts';
import type { Failure, FailureCode } from '../failures.ts';
import type { EarlierEnd } from '../licenses/ending.ts';
import { isLicense } from '../licenses/license.ts';
import type { Outcome } from './change.ts';

/** Where changes of an account stand, in no order; IDs that are not there are left out. */
export async function outcomesOf(db: Executor, accountId: string, ids: string[]): Promise<Outcome[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom('changes')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('id', 'in', ids)
    .execute();
  return rows.flatMap((row): Outcome[] => {
    const to = row.to_license;
    if (!isLicense(to)) return [];
    const common = { userId: row.user_id, from: row.from_license, to, ...(row.undoes ? { undoes: row.undoes } : {}) };
    return [{ ...common, ...standing(row) }];
  });
}

type Standing = {
  id: string;
  state: 'pending' | 'applied' | 'failed' | 'unknown';
  requested_at: Date;
  tries: number;
  checking: boolean;
  waiting_for: FailureCode | null;
  next_try_at: Date | null;
  settled_at: Date | null;
  confirmed_at: Date | null;
  seen_license: string | null;
  seen_at: Date | null;
  failure: Failure | null;
  request_id: string;
  removed_end: Date | null;
  earlier_end: Date | null;
  earlier_end_is: EarlierEnd['is'] | null;
};

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

function standing(row: Standing): DistributiveOmit<Outcome, 'userId' | 'from' | 'to' | 'undoes'> {
  const changeId = row.id;
  const failure: Failure = row.failure ?? {
    code: 'unexpected',
    at: row.requested_at.toISOString(),
    requestId: row.request_id,
  };
  switch (row.state) {
    case 'pending':
      return {
        state: 'pending',
        changeId,
        requestedAt: row.requested_at.toISOString(),
        tries: row.tries,
        maxTries: maxTries(row.waiting_for ?? 'throttled'),
        checking: row.checking,
        ...(row.waiting_for ? { waitingFor: row.waiting_for } : {}),
        ...(row.next_try_at ? { nextTryAt: row.next_try_at.toISOString() } : {}),
      };
    case 'applied':
      return {
        state: 'applied',
        changeId,
        appliedAt: (row.settled_at ?? row.requested_at).toISOString(),
        confirmation: row.confirmed_at ? 'confirmed' : row.seen_at ? 'not-visible' : 'awaited',
        ...(row.seen_at && !row.confirmed_at ? { shown: row.seen_license } : {}),
        ...(row.failure ? { despite: row.failure } : {}),
        ...(row.removed_end ? { removedEnd: row.removed_end.toISOString() } : {}),
        ...(row.earlier_end && row.earlier_end_is
          ? { earlierEnd: { at: row.earlier_end.toISOString(), is: row.earlier_end_is } }
          : {}),
      };
    case 'failed':
      return { state: 'failed', changeId, failure };
    case 'unknown':
      return { state: 'unknown', changeId, failure };
  }
}
