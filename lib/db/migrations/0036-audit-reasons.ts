import { type Kysely, sql } from 'kysely';

/** The audit is searched by parts of reasons and notes, such as a ticket number. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create index audit_of_reason on audit_entries using gin (why gin_trgm_ops)`.execute(db);
}
