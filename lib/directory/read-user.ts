import type { Deps } from '../deps.ts';
import { databaseNow, saveUsers } from '../users/store.ts';
import type { User } from '../users/user.ts';

/** Reads one person in Chime itself and brings the mirror up to date. Throws a `ChimeRefusal`. */
export async function readUser(
  { chime, db }: Deps,
  accountId: string,
  userId: string,
  signal?: AbortSignal,
): Promise<User> {
  const readAt = await databaseNow(db);
  const user = await chime.getUser(accountId, userId, signal);
  await saveUsers(db, [user], readAt, '0');
  return user;
}
