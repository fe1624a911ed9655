import { type Kysely, sql } from 'kysely';

/** Tries to sign in that went wrong lately: by address, by user name, by both together, and by browser. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table sign_in_tries (
      key_hash text primary key,
      failures integer not null,
      last_at timestamptz not null,
      held_until timestamptz not null
    )`.execute(db);
  await sql`create index sign_in_tries_by_age on sign_in_tries (last_at)`.execute(db);
}
