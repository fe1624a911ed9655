import { type Kysely, sql } from 'kysely';

/** How many people each operator has had read in Chime, by the minute. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table person_reads (
      operator_id text not null,
      minute timestamptz not null,
      reads integer not null,
      primary key (operator_id, minute)
    )`.execute(db);
}
