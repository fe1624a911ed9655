import { type Kysely, sql } from 'kysely';

/** Batches, their people, and the calls of 20 in which they are sent; the pace of calls as it has been learnt. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table batches (
      id uuid primary key,
      account_id text not null references accounts (id) on delete cascade,
      request_id uuid not null,
      operator_id text not null,
      operator_name text not null,
      operator_role text not null,
      operator_groups text[],
      source jsonb not null,
      to_license text,
      reason text,
      fingerprint text,
      state text not null default 'draft' check (state in
        ('draft', 'waiting', 'scheduled', 'starting', 'running', 'paused', 'stopped', 'done', 'discarded')),
      stop_cause text,
      created_at timestamptz not null default clock_timestamp(),
      submitted_at timestamptz,
      start_at timestamptz,
      approver_id text,
      approver_name text,
      fresh_since timestamptz,
      started_at timestamptz,
      ended_at timestamptz,
      people integer not null default 0,
      total integer not null default 0,
      changed integer not null default 0,
      failed integer not null default 0,
      allowed_failed integer not null default 0,
      allowed_changed integer not null default 0,
      held_until timestamptz,
      held_for text,
      holds integer not null default 0,
      served_at timestamptz,
      pace_at timestamptz,
      pace_done integer not null default 0
    )`.execute(db);
  await sql`create index batches_of_account on batches (account_id, created_at desc)`.execute(db);
  await sql`
    create index batches_at_work on batches (state)
      where state in ('scheduled', 'starting', 'running', 'paused')`.execute(db);
  await sql`create index batches_of_operator on batches (operator_id, submitted_at)`.execute(db);

  await sql`
    create table batch_shares (
      id uuid primary key,
      batch_id uuid not null references batches (id) on delete cascade,
      lease_until timestamptz not null
    )`.execute(db);
  await sql`create index batch_shares_left on batch_shares (lease_until)`.execute(db);

  await sql`
    create table batch_items (
      batch_id uuid not null references batches (id) on delete cascade,
      position integer not null,
      part text not null check (part in ('change', 'same', 'missing', 'forbidden', 'directory')),
      line integer,
      asked text,
      user_id text,
      name text,
      email text,
      from_license text,
      to_license text,
      reason text,
      undoes uuid,
      state text check (state in ('waiting', 'sent', 'changed', 'failed')),
      tries integer not null default 0,
      not_before timestamptz,
      change_id uuid,
      share_id uuid,
      failure jsonb,
      settled_at timestamptz,
      primary key (batch_id, position)
    ) with (fillfactor = 70)`.execute(db);
  await sql`
    create unique index batch_items_once on batch_items (batch_id, user_id) where user_id is not null`.execute(db);
  await sql`create index batch_items_waiting on batch_items (batch_id, position) where state = 'waiting'`.execute(db);
  await sql`create index batch_items_open on batch_items (user_id) where state in ('waiting', 'sent')`.execute(db);
  await sql`create index batch_items_of_share on batch_items (share_id) where share_id is not null`.execute(db);
  await sql`create index batch_items_not_made on batch_items (batch_id, position) where state = 'failed'`.execute(db);
  await sql`create index batch_items_of_part on batch_items (batch_id, part, position)`.execute(db);

  await sql`alter table changes add column batch_id uuid references batches (id) on delete set null`.execute(db);
  await sql`alter table audit_entries add column batch_id uuid`.execute(db);
  await sql`create index audit_of_batch on audit_entries (batch_id) where batch_id is not null`.execute(db);

  await sql`
    alter table chime_pace
      alter column paused_until set default 'epoch',
      add column per_second float8 not null default 20,
      add column is_learnt boolean not null default false,
      add column next_at timestamptz not null default 'epoch',
      add column slowed_at timestamptz not null default 'epoch',
      add column second_at timestamptz not null default 'epoch',
      add column granted integer not null default 0,
      add column granted_before integer not null default 0,
      add column granted_since_slowed integer not null default 0`.execute(db);
}
