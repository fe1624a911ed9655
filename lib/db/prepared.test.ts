import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { crowd, withBatches } from '../../testing/batches.ts';
import { withDatabase } from '../../testing/database.ts';
import { anaTo, withDesk } from '../../testing/desk.ts';
import { type Database, openDatabase } from './database.ts';
import { prepared } from './prepared.ts';

const plansIn = async (db: Database) => {
  const { rows } = await sql<{ plans: number }>`
    select (generic_plans + custom_plans)::integer as plans from pg_prepared_statements`.execute(db);
  return rows;
};

const half = async (db: Database, number: number) => {
  const { rows } = await sql<{ half: number }>`${prepared} select ${number}::integer / 2 as half`.execute(db);
  return rows[0]?.half;
};

/** Adds a column to every table, as a migration may while programs run. */
async function widenTables(db: Database): Promise<void> {
  await sql`do $$ declare name text; begin
    for name in select oid::regclass from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') loop
      execute format('alter table %s add column "added later" text', name);
    end loop; end $$`.execute(db);
}

test('a statement that is marked is prepared once on a connection, and used as often as it comes', () =>
  withDatabase(async (_, url) => {
    const db = openDatabase(url, 1);
    expect([await half(db, 8), await half(db, 6), await half(db, 4)]).toEqual([4, 3, 2]);
    expect(await plansIn(db)).toEqual([{ plans: 3 }]);
    await db.destroy();
  }));

test('a statement is planned again at its 4th and its 16th use on a connection, which keeps no plan from before', () =>
  withDatabase(async (_, url) => {
    const db = openDatabase(url, 1);
    const plans: unknown[] = [];
    for (let use = 1; use <= 17; use += 1) {
      expect(await half(db, 8)).toBe(4);
      plans.push(...(await plansIn(db)).map((one) => one.plans));
    }
    expect(plans).toEqual([1, 2, 3, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2]);
    await db.destroy();
  }));

test('a statement that PostgreSQL did not take at first is prepared once it does', () =>
  withDatabase(async (_, url) => {
    const db = openDatabase(url, 1);
    const read = () => sql`${prepared} select id from later`.execute(db);
    for (let use = 1; use <= 3; use += 1) await expect(read()).rejects.toMatchObject({ code: '42P01' });
    await sql`create table later (id integer)`.execute(db);
    expect((await read()).rows).toEqual([]);
    expect(await plansIn(db)).toEqual([{ plans: 1 }]);
    await db.destroy();
  }));

test('a connection whose statement would return other columns than it did prepares none any more', () =>
  withDatabase(async (_, url) => {
    const db = openDatabase(url, 1);
    const read = () => sql`${prepared} select * from views`.execute(db);
    await read();
    await sql`alter table views add column "added later" text`.execute(db);
    await expect(read()).rejects.toMatchObject({ code: '0A000' });
    expect((await read()).rows).toEqual([]);
    expect(await half(db, 8)).toBe(4);
    expect(await plansIn(db)).toHaveLength(1);
    await db.destroy();
  }));

test('nothing is prepared by way of a pooler, whose own process ID is not that of a server', () =>
  withDatabase(async (_, url) => {
    const { hostname, port } = new URL(url);
    const pooler = createServer((client) => {
      const server = connect(Number(port), hostname);
      client.pipe(server).on('error', () => client.destroy());
      server.on('data', (data) => client.write(withOtherProcess(data))).on('close', () => client.destroy());
    }).listen(0, '127.0.0.1');
    await once(pooler, 'listening');
    const address = pooler.address();
    if (address === null || typeof address === 'string') throw new Error('It does not listen.');
    const db = openDatabase(Object.assign(new URL(url), { port: address.port }).href, 1);
    expect([await half(db, 8), await half(db, 6)]).toEqual([4, 3]);
    expect(await plansIn(db)).toEqual([]);
    await db.destroy();
    pooler.close();
  }));

/** What the server says, with another process ID in its BackendKeyData (PostgreSQL, message formats). */
function withOtherProcess(data: Buffer): Buffer {
  const at = data.indexOf(Buffer.from([0x4b, 0, 0, 0, 12]));
  if (at >= 0) data.writeInt32BE(data.readInt32BE(at + 5) + 1, at + 5);
  return data;
}

test('changes go on over connections that stood before a migration added columns', () =>
  withDesk(async (desk) => {
    expect(await desk.change([anaTo('Pro')])).toMatchObject([{ state: 'applied' }]);
    await widenTables(desk.db);
    for (const [to, from] of [['Basic', 'Pro'] as const, ['Pro', 'Basic'] as const]) {
      expect(await desk.change([anaTo(to, from)])).toMatchObject([{ state: 'applied' }]);
    }
  }));

test('batches go on over connections that stood before a migration added columns', () =>
  withBatches(async (desk) => {
    for (const to of ['Pro', 'Basic'] as const) {
      const id = await desk.prepare(undefined, to);
      await desk.submit(id);
      await desk.begin();
      expect(await desk.workUntil(id, 'done')).toMatchObject({ changed: 45, failed: 0 });
      await desk.expectBooksToAgree(id);
      if (to === 'Pro') await widenTables(desk.db);
    }
  }, crowd(45)));
