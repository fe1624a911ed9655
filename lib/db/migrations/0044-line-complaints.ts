import { type Kysely, sql } from 'kysely';

/** What is wrong with a line of a file that a batch cannot use. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table batch_items add column complaints jsonb`.execute(db);
}
