import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { describe, expect, inject, test } from 'vitest';
import { startProgram } from '../../scripts/processes/processes.ts';
import { rounds } from '../../testing/campaign.ts';
import { withDatabase } from '../../testing/database.ts';
import { until } from '../../testing/desk.ts';
import { oldExports, oldExportsKey } from '../../testing/old-exports.ts';
import { databaseUrl, runSql } from '../../testing/postgres.ts';
import { provideAppLogin } from '../db/app-role.ts';
import { type Database, openAppDatabase, openDatabase } from '../db/database.ts';
import { migrations } from '../db/migrations/list.ts';
import { exportEntries } from '../exports/export-entries.ts';
import { migrate } from '../migrate.ts';
import { appendEntries, WrongAuditKey } from './append-entries.ts';
import { everything } from './filter.ts';
import { auditKeyFrom, auditKeys } from './keys.ts';
import { type NewEntry, recordEntry } from './store.ts';
import { verifyExport } from './verify-export.ts';

const entry = (more: Partial<NewEntry> = {}): NewEntry => ({
  action: 'note',
  operator: { id: 'dana', name: 'Dana Reyes', role: 'helpdesk' },
  requestId: randomUUID(),
  ...more,
});

const ours = [auditKeys().current];
async function checked(db: Database, keys = ours) {
  const known = new Map(keys.map(({ id, key }) => [id, key]));
  return verifyExport(bytesOf(exportEntries(db, everything, 'jsonl')), known);
}
async function* bytesOf(texts: AsyncIterable<string>) {
  for await (const text of texts) yield Buffer.from(text);
}

test('fifty writers at once leave a chain without a gap, in the order of their commits', () =>
  withDatabase(async (db) => {
    await Promise.all(
      Array.from({ length: 50 }, async (_, writer) => {
        for (let turn = 0; turn < 5; turn += 1) {
          if (writer % 2 === 0) await recordEntry(db, entry({ why: `${writer}` }));
          else await db.transaction().execute((trx) => recordEntry(trx, entry({ why: `${writer}` })));
        }
      }),
    );

    expect(await checked(db)).toMatchObject({ broken: null, state: { entries: 250, last: '250' } });
    const { rows } = await sql`
      select from (select at, lag(at) over (order by sequence) as before from audit_entries) where at < before`.execute(
      db,
    );
    expect(rows).toEqual([]);
  }));

test('writers killed at any moment leave a whole chain, and nobody waits for them', () =>
  withDatabase(async (db, url) => {
    const logs = await mkdtemp(join(tmpdir(), 'carillon-writer-'));
    for (let round = 0; round < rounds(2, 30); round += 1) {
      const before = await db.selectFrom('audit_head').select('sequence').executeTakeFirstOrThrow();
      const program = startProgram({
        name: 'writer',
        command: process.execPath,
        args: ['testing/audit-writer.ts'],
        env: { DATABASE_URL: url, NODE_ENV: undefined },
        logFile: join(logs, 'writer.log'),
      });
      await until(async () => {
        const { sequence } = await db.selectFrom('audit_head').select('sequence').executeTakeFirstOrThrow();
        return Number(sequence) > Number(before.sequence) + 20 + Math.random() * 100;
      });
      program.kill();
      await program.ended;

      await recordEntry(db, entry());
      expect(await checked(db)).toMatchObject({ broken: null });
    }
    await rm(logs, { recursive: true });
  }));

test('an entry is written with what it records, or neither is', () =>
  withDatabase(async (db) => {
    const attempt = db.transaction().execute(async (trx) => {
      await sql`insert into accounts (id, name) values ('new', 'New')`.execute(trx);
      await recordEntry(trx, { ...entry(), requestId: 'no ID of ours' });
    });

    await expect(attempt).rejects.toThrow();
    expect(await db.selectFrom('accounts').selectAll().execute()).toEqual([]);
    expect(await checked(db)).toMatchObject({ broken: null, state: { entries: 0 } });
  }));

test('of many that come together, one that cannot be written fails alone', () =>
  withDatabase(async (db) => {
    const ends = await Promise.allSettled([
      recordEntry(db, entry()),
      recordEntry(db, entry()),
      recordEntry(db, { ...entry(), requestId: 'no ID of ours' }),
      recordEntry(db, entry()),
    ]);

    expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
    expect(await checked(db)).toMatchObject({ broken: null, state: { entries: 3 } });
  }));

test('any text is kept as it is sealed', () =>
  withDatabase(async (db) => {
    for (const why of ['a\0b', '\ud800', '"\\u0000', 'line\nfeed', '\u2028', '👩‍👩‍👧', 'x'.repeat(100_000), '']) {
      await recordEntry(db, entry({ why, requestId: randomUUID().toUpperCase() }));
    }

    expect(await checked(db)).toMatchObject({ broken: null, state: { entries: 8 } });
  }));

describe('the key', () => {
  const first = auditKeyFrom('the-first-key-of-a-log-that-has-two');
  const second = auditKeyFrom('the-second-key-of-a-log-that-has-two');
  const facts = { action: 'note', outcome: 'applied', requestId: randomUUID() } as const;
  const append = (db: Database, keys: Parameters<typeof appendEntries>[2]) =>
    db.transaction().execute((trx) => appendEntries(trx, [facts], keys));

  test('is replaced by one that names it, and no process without that one writes any more', () =>
    withDatabase(async (db) => {
      await append(db, { current: first, previous: undefined });
      await expect(append(db, { current: second, previous: undefined })).rejects.toThrow(WrongAuditKey);
      await append(db, { current: second, previous: first });
      await expect(append(db, { current: first, previous: undefined })).rejects.toThrow(WrongAuditKey);

      expect(await checked(db, [first, second])).toMatchObject({
        broken: null,
        state: { keyIds: [first.id, second.id] },
      });
    }));
});

describe('the database refuses', () => {
  const statements = [
    "update audit_entries set why = 'x'",
    'delete from audit_entries',
    'truncate audit_entries',
    'alter table audit_entries disable trigger all',
    'alter table audit_entries disable trigger audit_is_append_only',
    'drop trigger audit_is_append_only on audit_entries',
    'drop table audit_entries',
    'alter table audit_entries rename to old',
    'create or replace function refuse_audit_edit() returns trigger language plpgsql as $$ begin return null; end $$',
    'delete from audit_head',
    'truncate audit_head',
    'update audit_head set sequence = sequence - 1',
    "update audit_head set hmac = 'x'",
    "set session_replication_role = 'replica'",
    'create table mine (id int)',
    'alter role carillon_app superuser',
    'select * from kysely_migration',
  ];

  for (const statement of statements) {
    test(`web and worker: ${statement}`, () =>
      withDatabase(async (db, url) => {
        await recordEntry(db, entry());
        const app = openAppDatabase(url, 1);
        await expect(sql.raw(statement).execute(app)).rejects.toThrow(/append-only|permission denied|must be owner/);
        await app.destroy();
        expect(await checked(db)).toMatchObject({ broken: null, state: { entries: 1 } });
      }));
  }

  test('their own login to be anything else, whatever it asks for', () =>
    withDatabase(async (db, url) => {
      await recordEntry(db, entry());
      const app = openDatabase(await provideAppLogin(url), 1);
      for (const statement of [
        'reset role',
        'set role carillon_app',
        'reset role',
        'set session authorization default',
      ]) {
        await sql.raw(statement).execute(app);
        await expect(sql`alter table audit_entries disable trigger all`.execute(app)).rejects.toThrow('must be owner');
        await expect(sql`delete from audit_entries`.execute(app)).rejects.toThrow('permission denied');
      }
      await expect(sql`set role carillon`.execute(app)).rejects.toThrow('permission denied');
      await app.destroy();
    }));

  test('even the owner to edit by mistake', () =>
    withDatabase(async (db) => {
      await recordEntry(db, entry());
      for (const statement of [
        "update audit_entries set why = 'x'",
        'delete from audit_entries',
        'truncate audit_entries',
      ]) {
        await expect(sql.raw(statement).execute(db)).rejects.toThrow('append-only');
        await expect(
          db.connection().execute(async (one) => {
            await sql`set session_replication_role = 'replica'`.execute(one);
            await sql.raw(statement).execute(one);
          }),
        ).rejects.toThrow('append-only');
      }
    }));
});

/** Runs with the address of an empty database of its own, as somebody who is no superuser. */
async function withPlainLogin(rights: string, run: (url: string, adminUrl: string) => Promise<void>) {
  const server = inject('postgresUrl');
  const name = `plain_${randomUUID().replaceAll('-', '').slice(0, 12)}`;
  await runSql(server, `create role ${name} login ${rights} password 'plain'`);
  await runSql(server, `create database ${name} owner ${name}`);
  const url = new URL(databaseUrl(server, name));
  url.username = name;
  url.password = 'plain';
  try {
    await run(url.href, server);
  } finally {
    await runSql(server, `drop database ${name} with (force)`);
    await runSql(server, `revoke carillon_app from ${name}`).catch(() => undefined);
    await runSql(server, `drop role ${name}`);
  }
}

/** Migrates to a version that was once the newest. */
async function migrateUpTo(db: Database, last: string): Promise<void> {
  const { error } = await new Migrator({ db, provider: { getMigrations: async () => migrations } }).migrateTo(last);
  if (error) throw error;
}

describe('a migration', () => {
  test('by a login that is no superuser works once it has the role, and web and worker can use it', () =>
    withPlainLogin('', async (url, server) => {
      await expect(migrate(url)).rejects.toThrow('may not make the role');
      await runSql(server, `grant carillon_app to ${new URL(url).username}`);

      await migrate(url);

      const app = openAppDatabase(url, 1);
      await recordEntry(app, entry());
      await expect(sql`delete from audit_entries`.execute(app)).rejects.toThrow('permission denied');
      expect(await checked(app)).toMatchObject({ broken: null, state: { entries: 1 } });
      await app.destroy();
    }));

  test('keeps entries from before the chain as they are, and the first sealed one proves them', () =>
    withPlainLogin('superuser', async (url) => {
      const db = openDatabase(url, 2);
      await migrateUpTo(db, '0010-preferences');
      await sql`
        insert into audit_entries (action, request_id, user_name, outcome, since)
        select 'change', gen_random_uuid(), 'Ana ' || n, 'applied', clock_timestamp() from generate_series(1, 100) n`.execute(
        db,
      );
      await sql`select nextval(pg_get_serial_sequence('audit_entries', 'sequence'))`.execute(db); // a gap, as identities leave
      await migrate(url);
      expect(await checked(db)).toMatchObject({ broken: { kind: 'unproven' } });

      await recordEntry(db, entry());

      expect(await checked(db)).toMatchObject({ broken: null, state: { entries: 101, unsealed: 100, last: '101' } });
      await sql`alter table audit_entries disable trigger all`.execute(db);
      await sql`update audit_entries set user_name = 'Ben' where sequence = 50`.execute(db);
      expect(await checked(db)).toMatchObject({ broken: { kind: 'edited', sequence: '101' } });
      await db.destroy();
    }));
});

describe('a migration of a log that was sealed with fewer facts', () => {
  test('leaves its seals true, and new entries go on from them', () =>
    withPlainLogin('superuser', async (url) => {
      const db = openDatabase(url, 2);
      await migrateUpTo(db, '0018-endings');
      for (const line of oldExports['form 2, before tokens and exports']) {
        const entry = JSON.parse(line);
        await sql`
          insert into audit_entries (sequence, at, action, operator_id, operator_name, operator_role, request_id,
            account_id, user_id, user_name, from_license, to_license, why, outcome, change_id, batch_id, form, key_id, hmac)
          values (${entry.sequence}, ${entry.at}, ${entry.action}, ${entry.operatorId}, ${entry.operatorName},
            ${entry.operatorRole}, ${entry.requestId}, ${entry.accountId}, ${entry.userId}, ${entry.userName}, ${entry.from},
            ${entry.to}, ${entry.why}, ${entry.outcome}, ${entry.changeId}, ${entry.batchId}, ${entry.form}, ${entry.keyId},
            ${entry.hmac})`.execute(db);
        if (entry.hmac === null) continue;
        await sql`update audit_head set sequence = ${entry.sequence}, hmac = ${entry.hmac}, key_id = ${entry.keyId}`.execute(
          db,
        );
      }
      await migrate(url);

      const old = auditKeyFrom(oldExportsKey);
      const facts = { action: 'note', outcome: 'applied', requestId: randomUUID(), operatorLogin: 'dana' } as const;
      await db.transaction().execute((trx) => appendEntries(trx, [facts], { current: ours[0] ?? old, previous: old }));

      expect(await checked(db, [old, ...ours])).toMatchObject({ broken: null, state: { entries: 4, unsealed: 1 } });
      await db.destroy();
    }));
});

test('a process that leaves its transaction open does not hold the log up for long', () =>
  withDatabase(async (_, url) => {
    const app = openAppDatabase(url, 1);
    const { rows } = await sql<{
      most: string;
    }>`select current_setting('idle_in_transaction_session_timeout') as most`.execute(app);
    await app.destroy();
    expect(rows).toEqual([{ most: '15s' }]);
  }));
