import { type Kysely, sql } from 'kysely';

/** The mirror: accounts and their people, as Chime last told us. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create extension if not exists pg_trgm`.execute(db);
  await sql`
    create table accounts (
      id text primary key,
      name text not null,
      type text,
      status text,
      default_license text,
      supported_licenses text[] not null default '{}',
      generation bigint not null default 0,
      complete_as_of timestamptz,
      sync_started_at timestamptz,
      sync_touched_at timestamptz,
      sync_read integer not null default 0,
      sync_wanted boolean not null default false,
      sync_failure text,
      sync_failed_at timestamptz
    )`.execute(db);
  // Sort columns are folded text compared byte by byte, so that a keyset page and its index agree on every machine.
  await sql`
    create table users (
      account_id text not null references accounts (id) on delete cascade,
      id text not null,
      email text,
      name text,
      license text,
      user_type text,
      registration text,
      invitation text,
      registered_on timestamptz,
      invited_on timestamptz,
      search text not null,
      sort_name text collate "C" not null,
      sort_email text collate "C" not null,
      sort_license text collate "C" not null,
      sort_status text collate "C" not null,
      generation bigint not null,
      read_at timestamptz not null,
      changed_at timestamptz,
      changed_by text,
      primary key (account_id, id)
    )`.execute(db);
  await sql`create index users_search on users using gin (search gin_trgm_ops)`.execute(db);
  await sql`create index users_by_name on users (account_id, sort_name, id)`.execute(db);
  await sql`create index users_by_email on users (account_id, sort_email, id)`.execute(db);
  await sql`create index users_by_license on users (account_id, sort_license, id)`.execute(db);
  await sql`create index users_by_status on users (account_id, sort_status, id)`.execute(db);
}
