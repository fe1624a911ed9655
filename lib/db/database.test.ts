import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { freePort } from '../../scripts/processes/ports.ts';
import { withDatabase } from '../../testing/database.ts';
import { commitUnwaited, type Executor, isDatabaseAway, openDatabase } from './database.ts';

/** What a query that fails throws. */
const failing = (query: Promise<unknown>): Promise<unknown> =>
  query.then(
    () => undefined,
    (error: unknown) => error,
  );

test('a database that nobody runs is away', async () => {
  const db = openDatabase(`postgresql://127.0.0.1:${await freePort()}/none`);
  expect(isDatabaseAway(await failing(sql`select 1`.execute(db)))).toBe(true);
  await db.destroy();
});

test('a database that ends a connection is away', () =>
  withDatabase(async (db) => {
    expect(isDatabaseAway(await failing(sql`select pg_terminate_backend(pg_backend_pid())`.execute(db)))).toBe(true);
  }));

test('a database that refuses a query is there', () =>
  withDatabase(async (db) => {
    expect(isDatabaseAway(await failing(sql`select nothing_like_that`.execute(db)))).toBe(false);
    expect(isDatabaseAway(await failing(sql`insert into accounts (id) values (null)`.execute(db)))).toBe(false);
  }));

test.each([[new TypeError('x is no function')], ['ECONNREFUSED'], [undefined]])(
  '%s is no word of a database',
  (error) => {
    expect(isDatabaseAway(error)).toBe(false);
  },
);

test('only the transaction that says so ends without waiting for the disk', () =>
  withDatabase((db) =>
    db.connection().execute(async (one) => {
      const waits = async (trx: Executor) =>
        (await sql<{ waits: string }>`select current_setting('synchronous_commit') as waits`.execute(trx)).rows[0]
          ?.waits;
      await sql`set synchronous_commit = on`.execute(one);
      await one.transaction().execute(async (trx) => {
        await commitUnwaited(trx);
        expect(await waits(trx)).toBe('off');
      });
      expect(await waits(one)).toBe('on');
    }),
  ));
