import { get } from 'node:http';
import { createServer } from 'node:net';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { freePort } from '../../scripts/processes/ports.ts';
import { withDatabase } from '../../testing/database.ts';
import { ana, anaTo, ben, type Desk, withDesk } from '../../testing/desk.ts';
import { openOps } from './ops-server.ts';

type Place = Pick<Desk, 'databaseUrl'> & Partial<Pick<Desk, 'chimeService'>>;

type Ask = (path: string, init?: RequestInit) => Promise<{ status: number; body: string }>;

/** Runs a test beside the port of a worker that is none. */
async function withOps(
  { databaseUrl, chimeService }: Place,
  run: (ask: Ask, ops: { drain: () => void; port: number }) => Promise<void>,
) {
  const port = await freePort();
  const ops = await openOps('worker', {
    DATABASE_URL: databaseUrl,
    OPS_PORT: port,
    OPS_ADDRESS: '127.0.0.1',
    CHIME_ENDPOINT: chimeService?.endpoint,
    CHIME_REGION: 'us-east-1',
    CHIME_ACCOUNTS: undefined,
  });
  const ask = async (path: string, init?: RequestInit) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, init);
    return { status: response.status, body: await response.text() };
  };
  try {
    await run(ask, { drain: ops.drain, port });
  } finally {
    await ops.close();
  }
}

/** What is answered to a page of a site whose name leads here; fetch would not send another host than the address has. */
function statusFor(port: number, host: string): Promise<number | undefined> {
  const request = get({ host: '127.0.0.1', port, path: '/metrics', headers: { host } });
  return new Promise((resolve, reject) => {
    request.once('error', reject);
    request.once('response', (response) => {
      response.resume();
      resolve(response.statusCode);
    });
  });
}

/** The value of a metric with these labels, as text; undefined where it is not told. */
const valueIn = (text: string, name: string): string | undefined =>
  text
    .split('\n')
    .find((line) => line.startsWith(`${name} `))
    ?.slice(name.length + 1);

test('a desk says that it is alive and ready, and counts what it does without naming anybody', () =>
  withDesk(async (desk) => {
    await withOps(desk, async (ask) => {
      await desk.change([anaTo('Pro')]);
      await desk.change([anaTo('Pro', 'Plus')]); // who has Pro by now: a conflict
      expect(await ask('/livez')).toEqual({ status: 200, body: 'yes\n' });
      expect(await ask('/readyz')).toEqual({ status: 200, body: 'yes\n' });
      const { status, body } = await ask('/metrics');
      expect(status).toBe(200);
      expect(valueIn(body, 'carillon_changes_total{outcome="applied",code="none"}')).toBe('1');
      expect(valueIn(body, 'carillon_changes_total{outcome="failed",code="conflict"}')).toBe('1');
      expect(valueIn(body, 'carillon_chime_requests_total{operation="UpdateUser",status="200"}')).toBe('1');
      expect(valueIn(body, `carillon_people{account="${desk.accountId}",license="Pro"}`)).toBe('2');
      expect(Number(valueIn(body, `carillon_sync_age_seconds{account="${desk.accountId}"}`))).toBeGreaterThan(0);
      expect(valueIn(body, 'carillon_changes_open')).toBe('0');
      expect(valueIn(body, 'carillon_workers')).toBe('0');
      expect(valueIn(body, 'carillon_database_up')).toBe('1');
      for (const person of [ana, ben]) {
        for (const text of [person.UserId, person.DisplayName, person.PrimaryEmail]) {
          expect(body).not.toMatch(new RegExp(`\\b${text}\\b`));
        }
      }
    });
  }));

test('what waits has its age, also a batch, an end of a plan and a change of which nobody knows the outcome', () =>
  withDesk(async (desk) => {
    const { db, accountId } = desk;
    await desk.change([anaTo('Pro')]);
    await sql`update changes set state = 'unknown', requested_at = clock_timestamp() - interval '300 s'`.execute(db);
    await sql`
      insert into endings (id, account_id, user_id, license, back_to, ends_at, zone, operator_id, operator_name, operator_role, next_try_at)
      values (gen_random_uuid(), ${accountId}, 'ana', 'Pro', 'Basic', clock_timestamp() - interval '200 s', 'UTC', 'dana',
        'Dana', 'helpdesk', clock_timestamp())`.execute(db);
    await sql`insert into backups (succeeded_at, folder) values (to_timestamp(1800000000), '/backups/a')`.execute(db);
    await sql`update count_ledgers set drift_people = 3 where account_id = ${accountId}`.execute(db);
    await withOps(desk, async (ask) => {
      const { body } = await ask('/metrics');
      expect(valueIn(body, 'carillon_changes_open')).toBe('1');
      expect(valueIn(body, 'carillon_changes_unknown')).toBe('1');
      expect(Number(valueIn(body, 'carillon_change_oldest_open_age_seconds'))).toBeGreaterThanOrEqual(300);
      expect(Number(valueIn(body, 'carillon_endings_overdue_age_seconds'))).toBeGreaterThanOrEqual(200);
      expect(valueIn(body, 'carillon_count_drift_people')).toBe('3');
      expect(valueIn(body, 'carillon_backup_last_success_timestamp_seconds')).toBe('1800000000');
    });
    await sql`delete from changes`.execute(db);
    await sql`delete from endings`.execute(db);
  }));

test('a process that stops is alive and not ready', () =>
  withDatabase(async (_, databaseUrl) => {
    await withOps({ databaseUrl }, async (ask, { drain }) => {
      expect((await ask('/readyz')).status).toBe(200);
      drain();
      expect(await ask('/readyz')).toEqual({ status: 503, body: 'no\n' });
      expect((await ask('/livez')).status).toBe(200);
    });
  }));

test('with a database that only reads, as a standby does, nobody is sent here', () =>
  withDatabase(async (db, databaseUrl) => {
    await sql
      .raw(`alter database ${new URL(databaseUrl).pathname.slice(1)} set default_transaction_read_only = on`)
      .execute(db);
    await withOps({ databaseUrl }, async (ask) => {
      expect((await ask('/readyz')).status).toBe(503);
      expect(valueIn((await ask('/metrics')).body, 'carillon_database_writable')).toBe('0');
    });
  }));

test('a database that is gone leaves out what it knew, and is back when it is back', () =>
  withOps({ databaseUrl: 'postgres://127.0.0.1:9/carillon' }, async (ask) => {
    expect(await ask('/readyz')).toEqual({ status: 503, body: 'no\n' });
    const { status, body } = await ask('/metrics');
    expect(status).toBe(200);
    expect(valueIn(body, 'carillon_database_up')).toBe('0');
    expect(valueIn(body, 'carillon_database_hung')).toBe('0');
    expect(valueIn(body, 'carillon_workers')).toBeUndefined();
    expect(body).toContain('nodejs_eventloop_lag_seconds');
  }));

test('a database that takes connections and says nothing holds up no scrape, and ten at once ask it once', async () => {
  let connections = 0;
  const silent = createServer(() => {
    connections += 1;
  });
  const port = await freePort();
  await new Promise<void>((listening) => silent.listen(port, '127.0.0.1', listening));
  await withOps({ databaseUrl: `postgres://127.0.0.1:${port}/carillon` }, async (ask) => {
    const scrapes = await Promise.all(Array.from({ length: 10 }, () => ask('/metrics')));
    for (const { status, body } of scrapes) {
      expect(status).toBe(200);
      expect(valueIn(body, 'carillon_database_up')).toBe('0');
      expect(valueIn(body, 'carillon_database_hung')).toBe('1');
    }
    expect(connections).toBe(1);
  });
  silent.close();
});

test('only questions of this machine are answered, and nothing but questions', () =>
  withDatabase(async (_, databaseUrl) => {
    await withOps({ databaseUrl }, async (ask, { port }) => {
      expect((await ask('/metrics', { method: 'POST' })).status).toBe(405);
      expect((await ask('/')).status).toBe(404);
      expect(await statusFor(port, 'rebound.example')).toBe(421);
      expect(await statusFor(port, 'localhost')).toBe(200);
    });
  }));

test('a connection that was cut meanwhile says nothing about now', () =>
  withDatabase(async (db, databaseUrl) => {
    await withOps({ databaseUrl }, async (ask) => {
      expect((await ask('/readyz')).status).toBe(200);
      await sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'carillon health'
        and datname = current_database()`.execute(db);
      expect((await ask('/readyz')).status).toBe(200);
    });
  }));
