import { type Kysely, sql } from 'kysely';

/** The account whose people an operator looked at last. It may have left Carillon since. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table operators add column last_account_id text`.execute(db);
}
