import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { type Database, openDatabase } from '../lib/db/database.ts';
import { databaseUrl, template } from './postgres.ts';

let maintenance: pg.Pool | undefined;

/** One connection a test file makes and drops its databases with: a new one each time would cost more than they do. */
function maintain(statement: string) {
  maintenance ??= new pg.Pool({
    connectionString: inject('postgresUrl'),
    max: 1,
    idleTimeoutMillis: 0,
    allowExitOnIdle: true,
  });
  return maintenance.query(statement);
}

/** With `BEHIND_POOLER=1`, the statements of tests go by way of PgBouncer; who listens does so at the server itself. */
function through(url: string): string {
  const pooler = inject('poolerUrl');
  if (pooler === undefined) return url;
  const [address, { hostname, port }] = [new URL(url), new URL(pooler)];
  Object.assign(address, { hostname, port });
  return address.href;
}

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

export function createTestDatabase(): Promise<TestDatabase> {
  return create(`template ${template} strategy file_copy`); // logs no page of it
}

/** A database of its own that nothing has been done to. */
export function createEmptyDatabase(): Promise<TestDatabase> {
  return create('');
}

async function create(how: string): Promise<TestDatabase> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  await maintain(`create database ${name} ${how}`);
  const url = databaseUrl(inject('postgresUrl'), name);
  const db = openDatabase(through(url));
  return {
    db,
    url,
    async remove() {
      await db.destroy();
      await maintain(`drop database ${name} with (force)`);
    },
  };
}
