import { type Kysely, sql } from 'kysely';

/** By which claim the provider named an operator's groups when they last signed in. Who signed in before this has none until the next time. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table operators add column groups_claim text`.execute(db);
}
