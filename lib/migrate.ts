import { Migrator } from 'kysely/migration';
import { grantApp } from './db/app-role.ts';
import { openDatabase } from './db/database.ts';
import { migrations } from './db/migrations/list.ts';
import { refuseOldServer } from './db/server-version.ts';
import { requiredSetting } from './env.ts';
import { deriveAgain } from './users/derived-store.ts';

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

if (import.meta.main) await migrate(requiredSetting('DATABASE_URL'));
