import { type Kysely, sql } from 'kysely';

/** When Chime last said what a person of a batch has, so that sending begins with those who have been read. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table batch_items add column read_at timestamptz`.execute(db);
  await sql`alter table batches add column reading_until timestamptz`.execute(db);
  await sql`
    create index batch_items_read on batch_items (batch_id, position)
      where state = 'waiting' and read_at is not null`.execute(db);
}
