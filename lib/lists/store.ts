import { sql } from 'kysely';
import type { Executor } from '../db/database.ts';

/** Writes a list down; the same list again is as good as new. */
export async function saveList(
  db: Executor,
  list: { id: string; accountId: string; entries: string[]; unread: string[]; createdBy: string },
): Promise<void> {
  await db
    .insertInto('lists')
    .values({
      id: list.id,
      account_id: list.accountId,
      entries: list.entries,
      unread: list.unread,
      created_by: list.createdBy,
    })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ created_at: sql`clock_timestamp()` }))
    .execute();
}

/** The entries of a list, and what of it could not be read; undefined where this account has no such list. */
export async function findList(
  db: Executor,
  accountId: string,
  id: string,
): Promise<{ entries: string[]; unread: string[] } | undefined> {
  return db
    .selectFrom('lists')
    .select(['entries', 'unread'])
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .executeTakeFirst();
}

/** Forgets the lists that nobody has pasted for 90 days. */
export async function forgetOldLists(db: Executor): Promise<void> {
  await sql`delete from lists where created_at < clock_timestamp() - interval '90 days'`.execute(db);
}
