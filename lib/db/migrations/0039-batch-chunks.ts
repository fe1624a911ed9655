import { type Kysely, sql } from 'kysely';

/** Up to 20 people of a batch who are sent together are a chunk, in the tables as in the code. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table batch_shares rename to batch_chunks`.execute(db);
  await sql`alter index batch_shares_left rename to batch_chunks_left`.execute(db);
  await sql`alter table batch_items rename column share_id to chunk_id`.execute(db);
  await sql`alter index batch_items_of_share rename to batch_items_of_chunk`.execute(db);
}
