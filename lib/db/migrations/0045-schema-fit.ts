import { type Kysely, sql } from 'kysely';

/** Which schema this is, and the oldest program that works with it: what a program reads at its start, which may read nothing of kysely's. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table schema_fit (
      is_only boolean primary key default true check (is_only),
      schema integer not null,
      oldest_program integer not null
    )`.execute(db);
}
