import { grantApp, makeAppLogin, settleLogins } from './db/app-role.ts';
import { type Database, openDatabase } from './db/database.ts';
import { migrations } from './db/migrations/list.ts';
import { oneAtATime, pendingMigrations, runMigrations } from './db/run-migrations.ts';
import { isBehind, recordFit } from './db/schema-fit.ts';
import { refuseOldServer } from './db/server-version.ts';
import { requiredSetting } from './env.ts';
import { log } from './log/log.ts';
import { environment } from './secrets/environment.ts';
import { deriveAgain } from './users/derived-store.ts';

/**
 * Brings the schema, what is derived from people, and the rights of web and worker up to date; safe to run by several processes
 * at once, and while others work. Does nothing to a newer schema that this program works with. Throws when a migration fails, leaving
 * it undone, for a server that is too old, and `SchemaUnfit` for a schema that this program is too old for.
 */
export async function migrate(url: string): Promise<void> {
  await withServer(url, (db) =>
    oneAtATime(url, async () => {
      if (!(await isBehind(db))) return settleLogins(db); // some may have been made since
      await runMigrations(db, url, migrations, (tried) =>
        log.info({ tries: tried }, 'A migration waits for a table that something else holds'),
      );
      await deriveAgain(db);
      await grantApp(db);
      await recordFit(db, migrations);
    }),
  );
}

/** The migrations that `migrate` would run, in their order. Changes nothing; throws as `migrate` does. */
async function migrationsToCome(url: string): Promise<string[]> {
  return withServer(url, async (db) => ((await isBehind(db)) ? pendingMigrations(db, migrations) : []));
}

async function withServer<T>(url: string, run: (db: Database) => Promise<T>): Promise<T> {
  const db = openDatabase(url, 2);
  try {
    await refuseOldServer(db);
    return await run(db);
  } finally {
    await db.destroy();
  }
}

const usage =
  'node lib/migrate.ts [--check]   brings the schema up to date; --check lists what is to come and changes nothing';

/** The command: 0 where all is up to date, 1 where something is to come or failed, 2 where the command is not understood. */
async function main(args: string[]): Promise<number> {
  if (args.some((one) => one !== '--check')) {
    process.stderr.write(`${usage}\n`);
    return 2;
  }
  try {
    const url = environment().DATABASE_LISTEN_URL || requiredSetting('DATABASE_URL'); // a lock of a session needs the server itself
    if (args.length === 0) {
      await migrate(url);
      const { DATABASE_LOGIN_URL: login } = environment();
      if (login) await makeAppLogin(url, login);
      return 0;
    }
    const toCome = await migrationsToCome(url);
    process.stdout.write(toCome.length === 0 ? 'Nothing is to come.\n' : `To come:\n${toCome.join('\n')}\n`);
    return toCome.length === 0 ? 0 : 1;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
    return 1;
  }
}

if (import.meta.main) process.exitCode = await main(process.argv.slice(2));
