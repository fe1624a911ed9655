import { type Kysely, sql } from 'kysely';

/**
 * What the pages of batches tell beyond the changes themselves: the ends of their plans, who last steered them, the pace
 * of the last minute, and whether any worker is there to run them.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table endings add column batch_id uuid references batches (id) on delete set null`.execute(db);
  await sql`create index endings_of_batch on endings (batch_id) where batch_id is not null`.execute(db);
  await sql`
    create index endings_open on endings (account_id, user_id) where state in ('planned', 'failed')`.execute(db);

  await sql`
    alter table batches
      add column steered_by_id text,
      add column steered_by_name text,
      add column pace_before_at timestamptz,
      add column pace_before_done integer not null default 0`.execute(db);
  await sql`create index batches_waiting on batches (account_id) where state = 'waiting'`.execute(db);

  await sql`create table workers (id uuid primary key, seen_at timestamptz not null)`.execute(db);
}
