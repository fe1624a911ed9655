import { type Kysely, sql } from 'kysely';

/** Lists of e-mails and user IDs that somebody pasted to see these people; the ID is made of the account and the entries. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table lists (
      id text primary key,
      account_id text not null references accounts (id) on delete cascade,
      entries text[] not null,
      created_by text not null,
      created_at timestamptz not null default clock_timestamp()
    )`.execute(db);
  await sql`create index lists_by_age on lists (created_at)`.execute(db);
}
