import { setTimeout as sleep } from 'node:timers/promises';
import { Kysely, PostgresDialect, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import pg from 'pg';
import type { Database } from './database.ts';
import type { Migrations } from './migrations/list.ts';
import { openOneConnection } from './one-connection.ts';
import { openPool } from './pool.ts';
import type { Schema } from './schema.ts';

/** Others wait behind a migration that waits for a table: no longer than this, and then they go first. */
const lockSeconds = 2;
const tries = 30;

/** SQLSTATE lock_not_available. */
const lockNotAvailable = '55P03';

/** Any number: who holds it migrates. */
const migrating = 4_620_143;

/** The migrations of a list that a database does not have yet, in their order. Changes nothing. */
export async function pendingMigrations(db: Database, list: Migrations): Promise<string[]> {
  const all = await migratorOf(db, list).getMigrations();
  return all.flatMap(({ name, executedAt }) => (executedAt === undefined ? [name] : []));
}

/**
 * Runs what is missing, those that belong in a transaction together. A table that others hold is waited for 2 s and then tried again,
 * so that nobody waits long behind a migration that waits; `onWait` is told of each try that was in vain. Throws after about two minutes of that, with nothing half done.
 */
export async function runMigrations(
  db: Database,
  url: string,
  list: Migrations,
  onWait: (tried: number) => void,
): Promise<void> {
  for (const { names, isOutside } of groupsOf(await pendingMigrations(db, list), list)) {
    const last = names.at(-1);
    if (last === undefined) continue;
    const own = openMigrating(url, isOutside ? 0 : lockSeconds);
    try {
      await withTries(async () => {
        const { error } = await migratorOf(own, list, isOutside).migrateTo(last);
        if (error) throw error;
      }, onWait);
    } finally {
      await own.destroy();
    }
  }
}

const migratorOf = (db: Database, list: Migrations, disableTransactions = false) =>
  new Migrator({ db, provider: { getMigrations: async () => list }, disableTransactions });

type Group = { names: string[]; isOutside: boolean };

function groupsOf(names: string[], list: Migrations): Group[] {
  const groups: Group[] = [];
  for (const name of names) {
    const isOutside = list[name]?.outsideTransaction === true;
    const last = groups.at(-1);
    if (last && last.isOutside === isOutside && !isOutside) last.names.push(name);
    else groups.push({ names: [name], isOutside });
  }
  return groups;
}

/** What builds an index `concurrently` waits for transactions of others without keeping anybody; cut off, it would leave half an index. */
function openMigrating(url: string, seconds: number): Database {
  const begin = (client: pg.ClientBase) => client.query(`set lock_timeout = '${seconds}s'`);
  return new Kysely<Schema>({ dialect: new PostgresDialect({ pool: openPool(url, { connections: 1, begin }) }) });
}

async function withTries(run: () => Promise<void>, onWait: (tried: number) => void): Promise<void> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await run();
    } catch (error) {
      if (!(error instanceof pg.DatabaseError) || error.code !== lockNotAvailable) throw error;
      if (tried === tries) {
        throw new Error(
          'Something holds a table that has to change, for two minutes now; nothing was changed. Try again later',
          {
            cause: error,
          },
        );
      }
      onWait(tried);
      await sleep(1_000 + Math.random() * 1_000);
    }
  }
}

/**
 * Lets one process at a time migrate. Asks again and again rather than waiting in PostgreSQL: what waits there has a snapshot, and
 * `create index concurrently` waits for all of those, so that neither would ever go on.
 */
export async function oneAtATime(url: string, run: () => Promise<void>): Promise<void> {
  const holder = openOneConnection(url, 'carillon migration');
  try {
    for (;;) {
      const { rows } = await sql<{ mine: boolean }>`select pg_try_advisory_lock(${migrating}) as mine`.execute(holder);
      if (rows[0]?.mine) break;
      await sleep(200);
    }
    await run();
  } finally {
    await holder.destroy();
  }
}
