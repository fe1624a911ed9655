import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { accountId, insertPeople, person, withPeople } from '../../../testing/people.ts';
import type { Database } from '../../db/database.ts';
import { trendAsked } from '../address.ts';
import { compareMoments } from '../comparison/compare-moments.ts';
import { largestStep } from '../find-largest-step-store.ts';
import { everyoneOfStep } from '../moved/list-moved.ts';
import { trendSeries } from '../show-trend.ts';
import { viewTrend } from '../view-trend.ts';
import { closeDays } from './close-days-store.ts';
import { countDrift } from './days-store.ts';
import { makeExampleHistory } from './example-history-store.ts';

const dayMs = 86_400_000;
const licenses = ['Basic', 'Basic', 'Plus', 'Pro', 'Pro', 'ProTrial', null];
const people = Array.from({ length: 700 }, (_, index) =>
  person(randomUUID(), `Person ${index}`, { license: licenses[index % licenses.length] ?? null }),
);

/** Runs a test on an account that has been listed just now, with two operators and a history made up. */
const withHistory = (run: (db: Database) => Promise<void>) =>
  withPeople(people, async (db) => {
    for (const id of ['dana', 'omar']) {
      await db
        .insertInto('operators')
        .values({ id, username: id, name: id, role: 'admin', password_hash: 'nobody signs in' })
        .execute();
    }
    await sql`insert into count_ledgers (account_id, known_from) values (${accountId}, clock_timestamp())`.execute(db);
    await sql`
      insert into coverage (account_id, seen_from, seen_until) values (${accountId}, clock_timestamp(), clock_timestamp())`.execute(
      db,
    );
    expect(await makeExampleHistory(db, accountId)).toBe(true);
    await run(db);
  });

const everything = () => ({ accountIds: [accountId], from: new Date(Date.now() - 500 * dayMs), to: new Date() });

test('the example history leads to the people of now, each step of a person from where the last one ended', () =>
  withHistory(async (db) => {
    const held = new Map<string, string | null>();
    let steps = 0;
    for await (const some of everyoneOfStep(db, everything(), {})) {
      for (const { userId, before, after } of some) {
        if (held.has(userId)) expect([userId, before]).toEqual([userId, held.get(userId)]);
        held.set(userId, after);
        steps += 1;
      }
    }
    expect(steps).toBeGreaterThan(200);
    const now = new Map(people.map(({ id, license }) => [id, license ?? 'none']));
    for (const [userId, has] of held) expect([userId, has]).toEqual([userId, now.get(userId) ?? null]);
  }));

test('its days, gaps and comparisons are as real ones, growth and a large step among them, and the audit is empty', () =>
  withHistory(async (db) => {
    await closeDays(db, 'Europe/Berlin');
    const { points, gaps, known } = await trendSeries(db, everything(), 'Europe/Berlin');
    expect(points.length).toBeGreaterThan(360);
    expect(gaps.map(({ because }) => because)).toEqual(['unavailable', null, 'unavailable']);
    expect(gaps.some(({ licenses }) => Object.keys(licenses).length > 0)).toBe(true);
    expect(Date.parse(known[0]?.madeUpUntil ?? '')).toBeGreaterThan(Date.parse(known[0]?.knownFrom ?? ''));
    for (const { licenses } of points) {
      for (const level of Object.values(licenses)) expect(level.lowest).toBeGreaterThanOrEqual(0);
    }
    const [first, last] = [points[0]?.licenses.Pro, points.at(-1)?.licenses.Pro];
    expect(last?.closing).toBe(people.filter(({ license }) => license === 'Pro').length);
    expect(last?.closing).toBeGreaterThan(first?.opening ?? Infinity);

    const month = { ...everything(), from: new Date(Date.now() - 40 * dayMs) };
    const largest = await largestStep(db, month, 'Pro', 'Europe/Berlin');
    expect(largest).toMatchObject({ origin: 'carillon', operator: { id: 'dana' } });
    expect(largest?.change).toBeGreaterThan(10);
    const compared = await compareMoments(db, month, 'Europe/Berlin');
    const moved = (side: 'from' | 'to') =>
      compared.cells.filter((cell) => cell[side] === 'Pro').reduce((sum, cell) => sum + cell.people, 0);
    expect((compared.opening.Pro ?? 0) - moved('from') + moved('to')).toBe(compared.closing.Pro);
    expect(await db.selectFrom('audit_entries').select('sequence').execute()).toEqual([]);
    expect(await countDrift(db)).toBe(0);
  }));

test('it is made once, before what is real, and not for an account that has never been listed', () =>
  withHistory(async (db) => {
    const steps = () => db.selectFrom('movements').selectAll().orderBy('seq').execute();
    const made = await steps();
    await makeExampleHistory(db, accountId);
    expect(await steps()).toEqual(made);
    expect(await makeExampleHistory(db, 'never-listed')).toBe(false);

    await insertPeople(db, [person('new', 'New')]);
    const real = (await steps()).at(-1);
    expect(real).toMatchObject({ user_id: 'new', kind: 'joined' });
    const ledger = await db.selectFrom('count_ledgers').selectAll().executeTakeFirstOrThrow();
    for (const { at } of made) expect(at.getTime()).toBeLessThan(ledger.made_up_until?.getTime() ?? 0);
    expect(real?.at.getTime()).toBeGreaterThan(ledger.made_up_until?.getTime() ?? Infinity);
  }));

test('a page finds the largest step of 13 months without reading all of them, and says that it is made up', () =>
  withHistory(async (db) => {
    for (const license of ['Basic', 'Pro', 'Plus']) {
      const exact = await largestStep(db, everything(), license, 'UTC');
      const view = await viewTrend(db, [accountId], trendAsked({ period: '13m', plan: license }), 'UTC');

      if (view.problem) throw new Error(view.problem.code);
      expect(Math.abs(view.summaries[0]?.step?.change ?? 0)).toBe(Math.abs(exact?.change ?? 0));
      expect(view.summaries[0]).toMatchObject({ license, step: { license, isMadeUp: true } });
      expect(view.series.points.length).toBeLessThanOrEqual(400);
    }
  }));
