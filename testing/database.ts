import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import { type Database, openDatabase } from '../lib/db/database.ts';
import { databaseUrl, runSql, template } from './postgres.ts';

export type TestDatabase = { db: Database; url: string; remove(): Promise<void> };

/** Runs a test on a migrated, empty database of its own, gone afterwards. */
export async function withDatabase<T>(run: (db: Database, url: string) => Promise<T>): Promise<T> {
  const database = await createTestDatabase();
  try {
    return await run(database.db, database.url);
  } finally {
    await database.remove();
  }
}

export async function createTestDatabase(): Promise<TestDatabase> {
  const serverUrl = inject('postgresUrl');
  const name = `test_${randomBytes(8).toString('hex')}`;
  await runSql(serverUrl, `create database ${name} template ${template}`);
  const url = databaseUrl(serverUrl, name);
  const db = openDatabase(url);
  return {
    db,
    url,
    async remove() {
      await db.destroy();
      await runSql(serverUrl, `drop database ${name} with (force)`);
    },
  };
}
