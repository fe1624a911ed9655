import { sql } from 'kysely';
import type { Executor } from '../db/database.ts';
import { rowColumns, userRowFrom } from './rows.ts';
import { foldForSearch, type UserRow } from './user.ts';

/** One person as the mirror knows them. */
export async function findUser(db: Executor, accountId: string, userId: string): Promise<UserRow | undefined> {
  const row = await db
    .selectFrom('users')
    .select(rowColumns)
    .where('account_id', '=', accountId)
    .where('id', '=', userId)
    .executeTakeFirst();
  return row && userRowFrom(row);
}

/** The people whom these e-mail addresses and user IDs name, whatever their case. */
export async function findNamed(
  db: Executor,
  accountId: string,
  entries: string[],
): Promise<{ id: string; sort_email: string }[]> {
  if (entries.length === 0) return [];
  const emails = entries.map(foldForSearch);
  const ids = [...new Set([...entries, ...entries.map((entry) => entry.toLowerCase())])];
  return db
    .selectFrom('users')
    .select(['id', 'sort_email'])
    .where('account_id', '=', accountId)
    .where(({ eb, or }) => or([eb('id', 'in', ids), eb('sort_email', 'in', emails)]))
    .execute();
}

/**
 * Holds these people for the rest of the transaction, in the order of their IDs. Whatever writes about several people begins
 * with this, so that no two transactions wait for each other.
 */
export async function holdUsers(step: Executor, accountId: string, userIds: string[]): Promise<void> {
  await sql`
    select from users where account_id = ${accountId} and id = any(${userIds})
    order by id for no key update`.execute(step);
}
