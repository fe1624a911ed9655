import { type Kysely, sql } from 'kysely';

/** When the last backup succeeded, and the copies of the past that this database was restored from. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table backups (
      is_only boolean primary key default true check (is_only),
      succeeded_at timestamptz not null,
      folder text not null
    )`.execute(db);
  await sql`
    create table restores (
      id uuid primary key,
      marked_at timestamptz not null default clock_timestamp(),
      found_by text not null check (found_by in ('restore', 'checkpoints', 'console')),
      sequence bigint not null,
      accepted_at timestamptz
    )`.execute(db);
  await sql`create unique index restores_open on restores ((true)) where accepted_at is null`.execute(db);
}
