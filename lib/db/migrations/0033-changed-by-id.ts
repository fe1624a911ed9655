import { type Kysely, sql } from 'kysely';

/** Who changed a person last, by ID: a name may be of several operators. Of changes before this, the ID is not kept. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table users add column changed_by_id text`.execute(db);
}
