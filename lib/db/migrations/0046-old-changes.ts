import { type Kysely, sql } from 'kysely';

export const outsideTransaction = true;

/** Finds changes that are old, and what refers to them, so that they can be forgotten a few at a time. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const [name, what] of [
    ['changes_by_time', 'using brin (requested_at) with (autosummarize = on)'],
    ['changes_undoing', '(undoes) where undoes is not null'],
    ['changes_of_batch', '(batch_id) where batch_id is not null'],
  ] as const) {
    await sql.raw(`drop index concurrently if exists ${name}`).execute(db);
    await sql.raw(`create index concurrently if not exists ${name} on changes ${what}`).execute(db);
  }
}
