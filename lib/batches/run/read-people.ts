import { isObstacle } from '../../chime/call-policy.ts';
import type { Deps } from '../../chime/deps.ts';
import { readWithRetries } from '../../chime/read-with-retries.ts';
import { type ChimeRefusal, caughtRefusal } from '../../chime/refusals.ts';
import { readUser } from '../../mirror/read-user.ts';
import { inSpan } from '../../traces/spans.ts';
import { hold } from '../store.ts';
import { endReading, type NextToRead, noteRead, takeUnread } from './freshness-store.ts';
import { settleUnreadable } from './unreadable-store.ts';

/**
 * Reads people of batches one by one, 20 side by side at the pace that Chime lets through, where that takes fewer calls than
 * listing their account. Where Chime does not answer, their batch is held up, longer each time; a person that Chime cannot tell of
 * fails alone.
 */
export async function readPeople(deps: Deps, stopping: AbortSignal): Promise<void> {
  while (!stopping.aborted) {
    const unread = await takeUnread(deps.db, deps.chime.accounts);
    if (!unread) return;
    try {
      const facts = { 'carillon.account_id': unread.accountId, 'carillon.batch_id': unread.batchId };
      await inSpan({ name: 'read people of a batch', facts }, () => readAll(deps, unread, stopping));
    } finally {
      await endReading(deps.db, unread.batchId);
    }
  }
}

/** `readAt`: the database's clock before Chime was asked. */
type Read = { userId: string } & ({ readAt: Date } | { refusal: ChimeRefusal });

async function readAll(deps: Deps, { batchId, accountId, userIds }: NextToRead, stopping: AbortSignal): Promise<void> {
  const reads = await Promise.all(userIds.map((userId) => readOne(deps, accountId, userId, stopping)));
  const moments = reads.flatMap((read) => ('readAt' in read ? [read.readAt] : []));
  const refused = reads.flatMap((read) => ('refusal' in read ? [read] : []));
  const known = reads.filter((read) => 'readAt' in read).map(({ userId }) => userId);
  const first = moments.toSorted((one, other) => one.getTime() - other.getTime())[0];
  if (first) await noteRead(deps.db, { accountId, userIds: known, readAt: first });
  const obstacle = refused.find(({ refusal }) => refusal.code === 'throttled' || isObstacle(refusal.code));
  if (obstacle) await hold(deps.db, batchId, obstacle.refusal.code);
  else await settleUnreadable(deps.db, { accountId, batchId }, refused);
}

/** Who is gone from Chime has been read: the call that would change them says so. */
async function readOne(deps: Deps, accountId: string, userId: string, stopping: AbortSignal): Promise<Read> {
  let askedAt: Date | undefined;
  try {
    const { readAt } = await readWithRetries(
      deps,
      (turn) => {
        askedAt = turn.readAt;
        return readUser(deps, accountId, userId, turn, stopping);
      },
      stopping,
    );
    return { userId, readAt };
  } catch (error) {
    stopping.throwIfAborted();
    const refusal = caughtRefusal(error);
    return refusal.code === 'not-found' && askedAt ? { userId, readAt: askedAt } : { userId, refusal };
  }
}
