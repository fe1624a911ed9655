import { type Kysely, sql } from 'kysely';

/** Plans that are for a time: when they end, and what comes after. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table endings (
      id uuid primary key,
      account_id text not null,
      user_id text not null,
      license text not null,
      back_to text not null,
      ends_at timestamptz not null,
      zone text not null,
      operator_id text not null,
      operator_name text not null,
      operator_role text not null,
      state text not null default 'planned' check (state in ('planned', 'running', 'done', 'cancelled', 'failed')),
      change_id uuid,
      failure text,
      next_try_at timestamptz not null,
      lease_until timestamptz,
      created_at timestamptz not null default clock_timestamp()
    )`.execute(db);
  await sql`
    create unique index endings_one_planned on endings (account_id, user_id)
      where state in ('planned', 'running')`.execute(db);
  await sql`
    create index endings_due on endings (next_try_at) where state in ('planned', 'running')`.execute(db);
  await sql`alter table batches add column end_at timestamptz, add column end_zone text`.execute(db);
}
