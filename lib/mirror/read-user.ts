import { randomUUID } from 'node:crypto';
import type { Deps } from '../chime/deps.ts';
import type { Turn } from '../chime/turn.ts';
import { commitUnwaited } from '../db/database.ts';
import { tell } from '../events/tell.ts';
import type { User } from '../users/user.ts';
import { keepReading, type Reading } from './mirror-store.ts';
import { noteUnchanged } from './unchanged-store.ts';

/**
 * Reads one person in Chime itself, in the turn that was given for it, and brings the mirror up to date. `comparison`: the
 * reading decides whether a change may be sent. Throws a `ChimeRefusal`.
 */
export async function readUser(
  { chime, db }: Deps,
  accountId: string,
  userId: string,
  turn: Turn,
  signal?: AbortSignal,
  by: Exclude<Reading['by'], 'listing'> = 'look',
): Promise<User> {
  const { readAt } = turn;
  const user = await turn.call(() => chime.getUser(accountId, userId, signal));
  if (await noteUnchanged(db, accountId, user, readAt)) return user;
  await db.transaction().execute(async (trx) => {
    const different = await keepReading(trx, { accountId, users: [user], readAt, requestId: randomUUID(), by });
    if (different.length > 0) await tell(trx, { kind: 'changed', accountId, userIds: different });
    else await commitUnwaited(trx); // it says when the person was read, and no more
  });
  return user;
}
