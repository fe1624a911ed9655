import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { accountId, insertPeople, person, withPeople } from '../../../testing/people.ts';
import { type Database, openAppDatabase } from '../../db/database.ts';
import { closeDays } from './close-days-store.ts';
import { countsAt } from './counts-at-store.ts';
import { countDrift, keepMonths } from './days-store.ts';
import { findLedgers } from './ledger-store.ts';

const hourMs = 3_600_000;

/** Noon of the third day after the one on which the account became known. */
const noon = new Date('2026-03-12T12:00Z');
const daysLater = (days: number) => new Date(noon.getTime() + days * 24 * hourMs);

/** Runs a test on an account of two people with Basic that is known since a moment. */
async function withLedger(
  run: (db: Database, url: string) => Promise<void>,
  knownFrom = new Date('2026-03-09T10:00Z'),
): Promise<void> {
  await withPeople([person('ana', 'Ana'), person('ben', 'Ben')], async (db, url) => {
    await sql`insert into count_ledgers (account_id, known_from) values (${accountId}, ${knownFrom})`.execute(db);
    await run(db, url);
  });
}

/** Gives somebody a license, as if it had been at a moment. */
async function give(db: Database, id: string, license: string, at: Date): Promise<void> {
  await db.updateTable('users').set({ license, cause: randomUUID() }).where('id', '=', id).execute();
  await sql`
    update movements set at = ${at} where seq = (select max(seq) from movements where user_id = ${id})`.execute(db);
}

const daysOf = async (db: Database, license = 'Pro') => {
  const { rows } = await sql<{ day: string; opening: string; closing: string }>`
    select day::text, opening, closing from count_days where license = ${license} order by day`.execute(db);
  return rows.map(({ day, opening, closing }) => [day, Number(opening), Number(closing)]);
};

/** Runs something with the rights of web and worker. */
async function asApp(url: string, run: (app: Database) => Promise<void>): Promise<void> {
  const app = openAppDatabase(url, 1);
  await run(app).finally(() => app.destroy());
}

const ledgerOf = (db: Database) => db.selectFrom('count_ledgers').selectAll().executeTakeFirstOrThrow();

test('a day is closed a minute after its midnight, and not before', () =>
  withLedger(async (db) => {
    const at = (text: string) => new Date(`2026-03-10T${text}Z`);
    await give(db, 'ana', 'Pro', new Date('2026-03-09T12:00Z'));
    await closeDays(db, 'UTC', at('00:00:59'));
    expect(await daysOf(db)).toEqual([]);

    await closeDays(db, 'UTC', at('00:01:00'));
    expect(await daysOf(db)).toEqual([['2026-03-09', 0, 1]]);
    expect((await ledgerOf(db)).closed_until).toEqual(at('00:00:00'));
  }));

test('days are closed once, however many workers close them, and again after a worker was away', () =>
  withLedger(async (db) => {
    await give(db, 'ana', 'Pro', new Date('2026-03-11T09:00Z'));
    await Promise.all([closeDays(db, 'UTC', noon), closeDays(db, 'UTC', noon), closeDays(db, 'UTC', noon)]);
    const first = await daysOf(db);
    await closeDays(db, 'UTC', noon);
    expect(await daysOf(db)).toEqual(first);
    expect(await daysOf(db, 'Basic')).toHaveLength(3);

    await Promise.all([closeDays(db, 'UTC', daysLater(4)), closeDays(db, 'UTC', daysLater(4))]);
    expect(await daysOf(db, 'Basic')).toHaveLength(7);
    expect((await daysOf(db)).at(-1)).toEqual(['2026-03-15', 1, 1]);
  }));

test('a worker that is killed between counting and closing leaves the days to the next one', () =>
  withLedger(async (db) => {
    await sql`
      create function killed() returns trigger language plpgsql as $$ begin raise exception 'killed'; end $$`.execute(
      db,
    );
    await sql`create trigger killed before update of closed_until on count_ledgers execute function killed()`.execute(
      db,
    );
    await expect(closeDays(db, 'UTC', noon)).rejects.toThrow('killed');
    expect(await daysOf(db, 'Basic')).toEqual([]);

    await sql`drop trigger killed on count_ledgers`.execute(db);
    await closeDays(db, 'UTC', noon);
    expect(await daysOf(db, 'Basic')).toHaveLength(3);
  }));

test('after a change of the zone all days are those of the new one, by the steps', () =>
  withLedger(async (db) => {
    await give(db, 'ana', 'Pro', new Date('2026-03-10T23:30Z'));
    const now = daysLater(1);
    await closeDays(db, 'UTC', now);
    expect(await daysOf(db)).toContainEqual(['2026-03-10', 0, 1]);

    await closeDays(db, 'Europe/Berlin', now);

    expect(await daysOf(db)).not.toContainEqual(['2026-03-10', 0, 1]);
    expect(await daysOf(db)).toEqual([
      ['2026-03-11', 0, 1],
      ['2026-03-12', 1, 1],
    ]);
    expect(await countDrift(db)).toBe(0);
  }));

test('a day of 23 hours and one of 25 have what happened in them', () =>
  withLedger(async (db) => {
    await give(db, 'ana', 'Pro', new Date('2026-03-29T21:59Z')); // 23:59 in Berlin, on the day that clocks go forward
    await give(db, 'ben', 'Pro', new Date('2026-03-29T22:00Z'));
    await closeDays(db, 'Europe/Berlin', new Date('2026-03-31T12:00Z'));
    expect(await daysOf(db)).toEqual([
      ['2026-03-29', 0, 1],
      ['2026-03-30', 1, 2],
    ]);
  }, new Date('2026-03-27T10:00Z')));

test('while the clock of the database is set back, steps go on after the last one and after the last closed day', () =>
  withLedger(async (db) => {
    const ahead = new Date(Date.now() + hourMs);
    await give(db, 'ana', 'Pro', ahead);
    await db.updateTable('users').set({ license: 'Plus', cause: randomUUID() }).where('id', '=', 'ana').execute();
    const { ledgers } = await findLedgers(db, [accountId]);
    const counts = await countsAt(db, ledgers, new Date(ahead.getTime() - 1), 'UTC');
    expect(counts).toEqual([{ accountId, license: 'Basic', people: 2 }]);

    const midnight = new Date(Date.now() + 3 * hourMs);
    await sql`update count_ledgers set closed_until = ${midnight}, zone = 'UTC'`.execute(db);
    await db.updateTable('users').set({ license: 'Plus', cause: randomUUID() }).where('id', '=', 'ben').execute();
    const last = await db.selectFrom('movements').select('at').orderBy('seq', 'desc').executeTakeFirstOrThrow();
    expect(last.at).toEqual(midnight);
    await closeDays(db, 'UTC');
    expect(await ledgerOf(db)).toMatchObject({ closed_until: midnight, checked_at: null });
  }));

test('a lost step, and a count that is not that of the people, are people of drift at the next closed day', () =>
  withLedger(async (db) => {
    await closeDays(db, 'UTC', noon);
    expect(await countDrift(db)).toBe(0);

    await give(db, 'ana', 'Pro', noon);
    await sql`delete from movements`.execute(db);
    await closeDays(db, 'UTC', daysLater(1));
    expect(await countDrift(db)).toBe(1);

    await sql`insert into user_counts (account_id, license, people) values (${accountId}, 'Pro', 5)`.execute(db);
    await closeDays(db, 'UTC', daysLater(2));
    expect(await countDrift(db)).toBe(10); // five too many by a recount, and five that no step brought
  }));

test('months are made ahead and dropped whole, by a worker that may alter no table, and a step of any time has room', () =>
  withPeople([person('ana', 'Ana')], async (db, url) => {
    await sql`insert into count_ledgers (account_id, known_from) values (${accountId}, '2019-01-01')`.execute(db);
    await sql`
      create table movement_months.m2020_01 partition of movements for values from ('2020-01-01') to ('2020-02-01')`.execute(
      db,
    );
    const next = await sql<{ name: string; at: Date }>`
      select to_char(month, '"m"YYYY_MM') as name, month + interval '3 days' as at
      from date_trunc('month', now() at time zone 'UTC' + interval '1 month') as month`.execute(db);
    const { name = '', at = new Date() } = next.rows[0] ?? {};
    await sql`drop table ${sql.table(`movement_months.${name}`)}`.execute(db);
    await give(db, 'ana', 'Pro', at);
    await give(db, 'ana', 'Plus', new Date('2020-01-05'));
    await give(db, 'ana', 'Basic', new Date('2001-01-01'));

    await asApp(url, keepMonths);

    const kept = await sql<{
      partition: string;
      at: Date;
    }>`select tableoid::regclass::text as partition, at from movements`.execute(db);
    expect(kept.rows).toEqual([{ partition: `movement_months.${name}`, at }]);
    const months = await sql<{ month: string }>`
      select relname as month from pg_class where relnamespace = 'movement_months'::regnamespace and relkind = 'r'`.execute(
      db,
    );
    expect(months.rows).toHaveLength(18);
    expect((await ledgerOf(db)).known_from.toISOString()).toMatch(/-02T00:00:00.000Z$/);
  }));

test('web and worker can neither alter nor remove a step', () =>
  withLedger(async (db, url) => {
    await give(db, 'ana', 'Pro', new Date());
    await asApp(url, async (app) => {
      await expect(app.deleteFrom('movements').execute()).rejects.toThrow('permission denied');
      await expect(app.updateTable('movements').set({ by: 'ana' }).execute()).rejects.toThrow('permission denied');
    });
    await insertPeople(db, [person('cleo', 'Cleo')]);
    expect(await db.selectFrom('movements').select('user_id').execute()).toHaveLength(2);
  }));
