import { sql } from 'kysely';
import type { Executor } from '../db/database.ts';

/** The ID of the account whose people an operator looked at last; null before the first. */
export async function findLastAccount(db: Executor, operatorId: string): Promise<string | null> {
  const row = await db
    .selectFrom('operators')
    .select('last_account_id')
    .where('id', '=', operatorId)
    .executeTakeFirst();
  return row?.last_account_id ?? null;
}

/** Keeps which account an operator looks at; writes only when it is another one than before. */
export async function keepLastAccount(db: Executor, operatorId: string, accountId: string): Promise<void> {
  await db
    .updateTable('operators')
    .set({ last_account_id: accountId })
    .where('id', '=', operatorId)
    .where(sql<boolean>`last_account_id is distinct from ${accountId}`)
    .execute();
}
