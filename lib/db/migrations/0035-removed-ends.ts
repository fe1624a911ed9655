import { type Kysely, sql } from 'kysely';

/** Which end dates changes removed, so that their undo restores them; said of each change, and in the audit. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table changes
      add column removed_end timestamptz, add column earlier_end timestamptz, add column earlier_end_is text`.execute(
    db,
  );
  await sql`
    alter table audit_entries
      add column removed_end timestamptz, add column earlier_end timestamptz, add column earlier_end_is text`.execute(
    db,
  );
  await sql`alter table endings add column removed_by uuid`.execute(db);
  await sql`create index endings_removed_by on endings (removed_by) where removed_by is not null`.execute(db);
}
