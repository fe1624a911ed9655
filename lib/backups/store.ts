import { sql } from 'kysely';
import { readEnd } from '../audit/ledger-store.ts';
import type { Executor } from '../db/database.ts';
import type { Manifest } from './backup.ts';

/** How a database is, as a manifest says it. Asked as the owner of the tables. */
export async function readStanding(
  db: Executor,
): Promise<Pick<Manifest, 'takenAt' | 'postgres' | 'schema' | 'audit' | 'people'>> {
  const { rows } = await sql<{ now: Date; postgres: string; schema: string | null; people: string }>`
    select clock_timestamp() as now, current_setting('server_version') as postgres,
      (select max(name) from kysely_migration) as schema, (select count(*) from users) as people`.execute(db);
  const [row] = rows;
  if (!row?.schema) throw new Error('The database has no tables of Carillon.');
  const { sequence, hmac, keyId } = await readEnd(db);
  return {
    takenAt: row.now.toISOString(),
    postgres: row.postgres,
    schema: row.schema,
    audit: { sequence, hmac, keyId },
    people: Number(row.people),
  };
}

/** Writes down that a backup has succeeded just now. */
export async function noteSuccess(db: Executor, folder: string): Promise<void> {
  await sql`
    insert into backups (succeeded_at, folder) values (clock_timestamp(), ${folder})
    on conflict (is_only) do update set succeeded_at = excluded.succeeded_at, folder = excluded.folder`.execute(db);
}

/** The last backup that succeeded; undefined where there never was one. */
export async function lastBackup(db: Executor): Promise<{ at: Date; folder: string } | undefined> {
  const row = await db.selectFrom('backups').select(['succeeded_at', 'folder']).executeTakeFirst();
  return row && { at: row.succeeded_at, folder: row.folder };
}

/** Whether the last backup that succeeded is older than so many hours, by the database's clock. */
export async function isBackupDue(db: Executor, everyHours: number): Promise<boolean> {
  const { rows } = await sql`
    select from backups where succeeded_at > clock_timestamp() - ${everyHours} * interval '1 hour'`.execute(db);
  return rows.length === 0;
}

/** How many people there are, and how many the counts say: both are the same where nothing is lost. */
export async function recount(db: Executor): Promise<{ people: number; counted: number }> {
  const { rows } = await sql<{ people: string; counted: string }>`
    select (select count(*) from users) as people, (select coalesce(sum(people), 0) from user_counts) as counted`.execute(
    db,
  );
  return { people: Number(rows[0]?.people ?? 0), counted: Number(rows[0]?.counted ?? 0) };
}

/** The last entry of the audit, with its moment; undefined for an empty log. */
export async function lastPlace(db: Executor): Promise<{ sequence: string; at: string } | undefined> {
  const row = await db
    .selectFrom('audit_entries')
    .select(['sequence', 'at'])
    .orderBy('sequence', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row && { sequence: row.sequence, at: row.at.toISOString() };
}
