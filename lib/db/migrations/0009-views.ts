import { type Kysely, sql } from 'kysely';

/** Filters that an operator has given a name, account by account. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table views (
      operator_id text not null references operators (id) on delete cascade,
      account_id text not null references accounts (id) on delete cascade,
      name text not null,
      params text not null,
      saved_at timestamptz not null default clock_timestamp(),
      primary key (operator_id, account_id, name)
    )`.execute(db);
}
