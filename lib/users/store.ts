import { sql } from 'kysely';
import type { Executor } from '../db/database.ts';
import { prepared } from '../db/prepared.ts';
import type { UserRow } from './user.ts';
import { rowColumns, userRowFrom } from './user-row.ts';

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

/**
 * Holds these people for the rest of the transaction, in the order of their IDs. Whatever writes about several people begins
 * with this, so that no two transactions wait for each other. Each is found by the index: while a first listing runs,
 * PostgreSQL believes that the account is empty, and would look through all of it.
 */
export async function holdUsers(trx: Executor, accountId: string, userIds: string[]): Promise<void> {
  await sql`${prepared}
    select from (select id from unnest(${userIds}::text[]) as named (id) order by id) named
    cross join lateral (
      select from users where account_id = ${accountId} and users.id = named.id offset 0 for no key update
    ) held`.execute(trx);
}
