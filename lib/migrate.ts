import { sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { grantApp } from './db/app-role.ts';
import { type Database, openDatabase } from './db/database.ts';
import { migrations } from './db/migrations/list.ts';
import { requiredSetting } from './env.ts';
import { deriveAgain } from './users/derive-again.ts';

/** The statements rely on it: `returning old`, and indexes whose first columns a search leaves open. */
const oldestServer = 18;

/**
 * Brings the schema, what is derived from people, and the rights of web and worker up to date; safe to run by several processes
 * at once. Throws when a migration fails, leaving it undone, and for a server that is too old.
 */
export async function migrate(url: string): Promise<void> {
  const db = openDatabase(url, 2);
  try {
    await refuseOldServer(db);
    const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
    const { error } = await migrator.migrateToLatest();
    if (error) throw error;
    await deriveAgain(db);
    await grantApp(db);
  } finally {
    await db.destroy();
  }
}

async function refuseOldServer(db: Database): Promise<void> {
  const { rows } = await sql<{ version: string }>`select current_setting('server_version') as version`.execute(db);
  const version = rows[0]?.version ?? '';
  if (Number.parseInt(version, 10) < oldestServer) {
    throw new Error(`Carillon needs PostgreSQL ${oldestServer} or newer; this one is ${version}`);
  }
}

if (import.meta.main) await migrate(requiredSetting('DATABASE_URL'));
