import { sql } from 'kysely';
import type { Executor } from '../db/database.ts';

/** Writes a list down; the same list again is as good as new. */
export async function saveList(
  db: Executor,
  list: { id: string; accountId: string; entries: string[]; createdBy: string },
): Promise<void> {
  await db
    .insertInto('lists')
    .values({ id: list.id, account_id: list.accountId, entries: list.entries, created_by: list.createdBy })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ created_at: sql`clock_timestamp()` }))
    .execute();
}

/** The entries of a list as they were pasted; undefined where this account has no such list. */
export async function findList(db: Executor, accountId: string, id: string): Promise<string[] | undefined> {
  const row = await db
    .selectFrom('lists')
    .select('entries')
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row?.entries;
}

/** Forgets the lists that nobody has pasted for 90 days. */
export async function forgetOldLists(db: Executor): Promise<void> {
  await sql`delete from lists where created_at < clock_timestamp() - interval '90 days'`.execute(db);
}
