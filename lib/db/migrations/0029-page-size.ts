import { type Kysely, sql } from 'kysely';

/** How many people each operator wants on one page. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table preferences add column page_size integer not null default 50 check (page_size in (50, 100, 200))`.execute(
    db,
  );
}
