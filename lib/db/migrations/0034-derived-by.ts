import { type Kysely, sql } from 'kysely';

/** By which rules the mirror's texts for searching and sorting have been derived. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table derived_by (
      is_only boolean primary key default true check (is_only),
      rules integer not null
    )`.execute(db);
  await sql`insert into derived_by (rules) values (0)`.execute(db);
}
