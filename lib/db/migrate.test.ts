import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { createEmptyDatabase, withDatabase } from '../../testing/database.ts';
import { migrate } from '../migrate.ts';
import { openDatabase } from './database.ts';
import { type Migrations, migrations } from './migrations/list.ts';
import { pendingMigrations, runMigrations } from './run-migrations.ts';
import { isBehind, ownSchema, recordFit, refuseUnfit } from './schema-fit.ts';

const later = (more: Migrations): Migrations => ({ ...migrations, ...more });

test('a migration that waits for a table lets others go first, and goes on when it is free', () =>
  withDatabase(async (db, url) => {
    const held = Promise.withResolvers<void>();
    const free = Promise.withResolvers<void>();
    const holder = db.transaction().execute(async (trx) => {
      await sql`lock table views in row exclusive mode`.execute(trx);
      held.resolve();
      await free.promise;
    });
    await held.promise;
    const list = later({
      '9001-note': { up: async (trx) => void (await sql`alter table views add column note text`.execute(trx)) },
    });
    const waited: number[] = [];
    await runMigrations(db, url, list, (tried) => {
      waited.push(tried);
      free.resolve();
    });
    await holder;

    expect(waited).toEqual([1]);
    expect((await sql`select note from views`.execute(db)).rows).toEqual([]);
    expect(await pendingMigrations(db, list)).toEqual([]);
  }));

test('an index is built beside a transaction that writes to its table, in the order of the list', () =>
  withDatabase(async (db, url) => {
    const order: string[] = [];
    const index = async (step: typeof db) =>
      void (await sql`create index concurrently if not exists views_by_name on views (name)`.execute(step));
    await runMigrations(
      db,
      url,
      later({
        '9001-before': { up: async () => void order.push('before') },
        '9002-index': { up: index, outsideTransaction: true },
        '9003-after': { up: async () => void order.push('after') },
      }),
      () => {},
    );
    const { rows } = await sql<{ valid: boolean }>`
      select indisvalid as valid from pg_index where indexrelid = 'views_by_name'::regclass`.execute(db);
    expect(rows).toEqual([{ valid: true }]);
    expect(order).toEqual(['before', 'after']);
  }));

test('a program that is too old for the schema, and one that is too new, are told so in one line', () =>
  withDatabase(async (db) => {
    await expect(refuseUnfit(db)).resolves.toBeUndefined();
    await expect(refuseUnfit(db, ownSchema + 1)).rejects.toThrow(
      `The database has the schema ${ownSchema}, and this program needs ${ownSchema + 1}: run node lib/migrate.ts`,
    );
    // A later release leaves a schema with which this program still works.
    await recordFit(db, later({ '9001-expand': { up: async () => {} } }));
    await expect(refuseUnfit(db)).resolves.toBeUndefined();
    expect(await isBehind(db)).toBe(false);
    // And one after it takes away what this program needs.
    await recordFit(db, later({ '9002-contract': { up: async () => {}, oldestProgram: 9001 } }));
    const line = `The database needs a program of schema 9001 or newer, and this one is of ${ownSchema}: install the newer version`;
    await expect(refuseUnfit(db)).rejects.toThrow(line);
    await expect(isBehind(db)).rejects.toThrow(line);
    await sql`drop table schema_fit`.execute(db);
    await expect(refuseUnfit(db)).rejects.toThrow(
      /^The database has the schema of an earlier version, .*lib\/migrate\.ts$/,
    );
  }));

const secret = 'only-for-this-test-and-long-enough-for-it';

test('the command lists what is to come and changes nothing, and web and worker refuse to start until it has run', async () => {
  const { db, url, remove } = await createEmptyDatabase();
  try {
    const run = (file: string, ...args: string[]) =>
      promisify(execFile)(process.execPath, [file, ...args], {
        env: { ...process.env, NODE_ENV: 'production', DATABASE_URL: url, NEXTAUTH_SECRET: secret },
      }).then(
        ({ stdout }) => ({ code: 0, stdout, stderr: '' }),
        ({ code, stdout, stderr }) => ({ code, stdout, stderr }),
      );
    const names = Object.keys(migrations).join('\n');
    const before = await run('lib/migrate.ts', '--check');
    expect(before).toEqual({ code: 1, stdout: `To come:\n${names}\n`, stderr: '' });
    const tables = sql`select tablename from pg_tables where schemaname = 'public'`;
    expect((await tables.execute(db)).rows).toEqual([]);
    const line = `The database has the schema of an earlier version, and this program needs ${ownSchema}: run node lib/migrate.ts\n`;
    for (const program of ['lib/web/main.ts', 'lib/worker/main.ts']) {
      expect(await run(program)).toEqual({ code: 1, stdout: '', stderr: line });
    }

    await Promise.all([migrate(url), migrate(url)]);
    expect(await run('lib/migrate.ts', '--check')).toEqual({ code: 0, stdout: 'Nothing is to come.\n', stderr: '' });
  } finally {
    await remove();
  }
});

test('the login that web and worker use is made by the migration, and gets another password by it', () =>
  withDatabase(async (db, url) => {
    const login = new URL(url);
    login.username = `desk_${randomBytes(4).toString('hex')}`;
    const run = promisify(execFile);
    for (const password of ['first: p@ss/word', 'second']) {
      login.password = encodeURIComponent(password);
      const env = { ...process.env, DATABASE_URL: url, DATABASE_LOGIN_URL: login.href };
      await run(process.execPath, ['lib/migrate.ts'], { env });
      const app = openDatabase(login.href, 1);
      const { rows } = await sql`select current_user as role, session_user = ${login.username} as own`.execute(app);
      expect(rows).toEqual([{ role: 'carillon_app', own: true }]);
      await expect(sql`delete from audit_entries`.execute(app)).rejects.toThrow('permission denied');
      await app.destroy();
    }
    const own = { ...process.env, DATABASE_URL: url, DATABASE_LOGIN_URL: url };
    await expect(run(process.execPath, ['lib/migrate.ts'], { env: own })).rejects.toMatchObject({
      stderr: 'Web and worker need a login of their own: its address names the owner of the tables.\n',
    });
    await sql`drop owned by ${sql.id(login.username)}`.execute(db);
    await sql`drop role ${sql.id(login.username)}`.execute(db);
  }));
