import { Migrator } from 'kysely/migration';
import { requiredSetting } from '../env.ts';
import { openDatabase } from './database.ts';
import { migrations } from './migrations/list.ts';

/** Brings the schema up to date; safe to run by several processes at once. Throws when a migration fails, leaving it undone. */
export async function migrate(url: string): Promise<void> {
  const db = openDatabase(url, 2);
  try {
    const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
    const { error } = await migrator.migrateToLatest();
    if (error) throw error;
  } finally {
    await db.destroy();
  }
}

if (import.meta.main) await migrate(requiredSetting('DATABASE_URL'));
