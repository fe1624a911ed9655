import { type Kysely, sql } from 'kysely';

/** License changes: the intent is written first, then what became of it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table changes (
      id uuid primary key,
      request_id uuid not null,
      account_id text not null,
      user_id text not null,
      operator_id text not null,
      operator_name text not null,
      operator_role text not null,
      from_license text,
      to_license text not null,
      undoes uuid references changes (id),
      state text not null check (state in ('pending', 'applied', 'failed', 'unknown')),
      requested_at timestamptz not null default clock_timestamp(),
      lease_until timestamptz not null,
      tries integer not null default 0,
      sent_at timestamptz,
      checking boolean not null default false,
      waiting_for text,
      next_try_at timestamptz,
      cancel_requested boolean not null default false,
      settled_at timestamptz,
      failure jsonb,
      aws_request_id text,
      confirmed_at timestamptz,
      seen_license text,
      seen_at timestamptz
    )`.execute(db);
  // Two operators, two tabs, two web instances: a person has at most one change under way.
  await sql`
    create unique index changes_one_open on changes (account_id, user_id)
      where state in ('pending', 'unknown')`.execute(db);
  await sql`create index changes_of_user on changes (account_id, user_id, requested_at desc)`.execute(db);
  await sql`
    create index changes_unconfirmed on changes (settled_at)
      where state = 'applied' and confirmed_at is null`.execute(db);
  // After Chime throttled one call, all processes hold back until this moment.
  await sql`
    create table chime_pace (
      endpoint text primary key,
      paused_until timestamptz not null
    )`.execute(db);
}
