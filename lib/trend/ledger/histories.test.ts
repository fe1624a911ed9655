import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { rounds } from '../../../testing/campaign.ts';
import { withDatabase } from '../../../testing/database.ts';
import { addAccount, insertPeople, person } from '../../../testing/people.ts';
import type { Database, Executor } from '../../db/database.ts';
import { holdUsers } from '../../users/store.ts';
import { compareMoments } from '../comparison/compare-moments.ts';
import { everyoneOfCell, everyoneOfStep } from '../moved/list-moved.ts';
import type { MovedPerson } from '../moved.ts';
import type { Period } from '../period.ts';
import { trendSeries } from '../show-trend.ts';
import { closeDays } from './close-days-store.ts';
import { countDrift } from './days-store.ts';

const zones = ['UTC', 'Europe/Berlin', 'America/St_Johns', 'Pacific/Chatham'];

const who = fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 5 });
const license = fc.constantFrom('Basic', 'Pro', 'Plus', null);
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('change' as const), who, license }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('outside' as const), who, license }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('join' as const), who, license }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('leave' as const), who, license }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('killed' as const), who, license }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('two syncs' as const), who, license }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('rename' as const), who, license }) },
);
const history = fc.record({
  start: fc.array(fc.record({ who: fc.integer({ min: 0, max: 6 }), license }), { maxLength: 7 }),
  steps: fc.array(step, { minLength: 1, maxLength: 9 }),
  days: fc.integer({ min: 1, max: 45 }),
  zone: fc.constantFrom(...zones),
  isClosed: fc.boolean(),
  moments: fc.tuple(fc.nat(), fc.nat()),
});
type History = typeof history extends fc.Arbitrary<infer T> ? T : never;
type Step = History['steps'][number];

/** Who has which license, `none` where Chime says nothing, and since when this has been so. */
type State = { at: string; held: Map<string, string> };
type Move = { userId: string; before: string | null; after: string | null; isInside: boolean };
/** What has been done to an account. `unordered`: by causes that were at work at the same time. */
type Told = { accountId: string; states: State[]; moves: Map<string, Move[]>; unordered: Set<string> };

/** Takes the steps, as the parts of Carillon that write people do, and keeps what each of them comes to. */
async function take(db: Database, { start, steps }: History): Promise<Told> {
  const accountId = randomUUID();
  const told: Told = { accountId, states: [], moves: new Map(), unordered: new Set() };
  await addAccount(db, accountId);
  const begin = [...new Map(start.map((one) => [one.who, one.license]))];
  if (begin.length > 0) {
    await insertPeople(
      db,
      begin.map(([number, has]) => ({ ...person(`p${number}`, null, { license: has }), accountId })),
    );
  }
  await sql`insert into count_ledgers (account_id, known_from) values (${accountId}, clock_timestamp())`.execute(db);
  told.states.push(await stateOf(db, accountId));
  for (const one of steps) {
    await takeStep(db, told, one);
    told.states.push(await stateOf(db, accountId));
  }
  return told;
}

async function takeStep(db: Database, told: Told, { do: what, who, license }: Step): Promise<void> {
  const { accountId } = told;
  const held = told.states.at(-1)?.held ?? new Map<string, string>();
  const there = who.map((number) => `p${number}`).filter((id) => held.has(id));
  const away = who.map((number) => `p${number}`).filter((id) => !held.has(id));
  const after = license ?? 'none';
  const cause = randomUUID();
  const moved = (ids: string[], isInside: boolean) =>
    told.moves.set(
      cause,
      ids
        .filter((userId) => held.get(userId) !== after)
        .map((userId) => ({ userId, before: held.get(userId) ?? null, after, isInside })),
    );
  switch (what) {
    case 'change':
      await db.transaction().execute(async (trx) => {
        await addChange(trx, accountId, cause);
        await setLicense(trx, accountId, there, license, cause);
      });
      moved(there, true);
      return;
    case 'outside':
      await setLicense(db, accountId, there, license, cause);
      moved(there, false);
      return;
    case 'join':
      if (away.length === 0) return;
      await join(db, accountId, away, license, cause);
      moved(away, false);
      return;
    case 'leave':
      await leave(db, accountId, there, cause);
      told.moves.set(
        cause,
        there.map((userId) => ({ userId, before: held.get(userId) ?? null, after: null, isInside: false })),
      );
      return;
    case 'killed':
      await db
        .transaction()
        .execute(async (trx) => {
          await setLicense(trx, accountId, there, license, cause);
          await leave(trx, accountId, there.slice(1), cause);
          throw new Killed();
        })
        .catch((error: unknown) => {
          if (!(error instanceof Killed)) throw error;
        });
      return;
    case 'two syncs': {
      const other = randomUUID();
      for (const one of [cause, other]) told.unordered.add(one);
      await Promise.all([
        db.transaction().execute(async (trx) => setLicense(trx, accountId, there, license, cause)),
        db.transaction().execute(async (trx) => setLicense(trx, accountId, there.slice(1), 'Basic', other)),
      ]);
      return;
    }
    case 'rename':
      await db.updateTable('users').set({ name: 'New', cause }).where('account_id', '=', accountId).execute();
  }
}

class Killed extends Error {}

async function addChange(trx: Executor, accountId: string, id: string): Promise<void> {
  await sql`
    insert into changes (id, request_id, account_id, user_id, operator_id, operator_name, operator_role, to_license, state,
                         lease_until)
    values (${id}::uuid, ${id}::uuid, ${accountId}, 'several', 'dana', 'Dana Reyes', 'helpdesk', 'Pro', 'applied', now())`.execute(
    trx,
  );
}

async function setLicense(trx: Executor, accountId: string, ids: string[], license: string | null, cause: string) {
  await holdUsers(trx, accountId, ids);
  await sql`
    update users set license = ${license}, cause = ${cause}::uuid, read_at = clock_timestamp()
    where account_id = ${accountId} and id = any(${ids})`.execute(trx);
}

async function join(trx: Executor, accountId: string, ids: string[], license: string | null, cause: string) {
  await sql`
    insert into users (account_id, id, license, search, sort_name, sort_email, sort_license, sort_status, read_at, cause)
    select ${accountId}, id, ${license}, '', '', '', '', '', clock_timestamp(), ${cause}::uuid
    from unnest(${ids}::text[]) as joined (id)`.execute(trx);
}

/** As a listing takes out those who are gone. */
async function leave(db: Executor, accountId: string, ids: string[], listing: string): Promise<void> {
  await sql`
    with listed as (
      update accounts set listing_id = ${listing}::uuid, sync_started_at = clock_timestamp() where id = ${accountId}
    )
    delete from users where account_id = ${accountId} and id = any(${ids})`.execute(db);
}

async function stateOf(db: Database, accountId: string): Promise<State> {
  const { rows } = await sql<{ at: string; held: Record<string, string> | null }>`
    select clock_timestamp()::text as at, (
      select jsonb_object_agg(id, coalesce(license, 'none')) from users where account_id = ${accountId}) as held`.execute(
    db,
  );
  return { at: rows[0]?.at ?? '', held: new Map(Object.entries(rows[0]?.held ?? {})) };
}

/** As if the steps had taken so many days; answers when each state was, as late as that. */
async function stretch(db: Database, { accountId, states }: Told, days: number): Promise<Date[]> {
  const first = states[0]?.at ?? '';
  const later = (at: ReturnType<typeof sql>) => sql`
    ended.at - (ended.at - ${at}) * (${days} * 86400 / extract(epoch from ended.at - ${first}::timestamptz + interval '1 millisecond'))`;
  const { rows } = await sql<{ at: Date }>`
    with ended as materialized (select clock_timestamp() as at), moved as (
      update movements set at = ${later(sql`movements.at`)} from ended where account_id = ${accountId}
    ), known as (
      update count_ledgers set known_from = ${later(sql`${first}::timestamptz`)} from ended where account_id = ${accountId}
    )
    select ${later(sql`state.at`)} as at from ended, unnest(${states.map(({ at }) => at)}::timestamptz[]) with ordinality as state (at, place)
    order by place`.execute(db);
  // A whole millisecond later, as callers ask: still before the next step, which is minutes away.
  return rows.map(({ at }) => new Date(at.getTime() + 1));
}

const countsIn = (held: Map<string, string>) => {
  const counts: Record<string, number> = {};
  for (const has of held.values()) counts[has] = (counts[has] ?? 0) + 1;
  return counts;
};

/** Everything that is said of the account must be what counting the people of each state gives. */
async function expectAllToFit(db: Database, told: Told, { days, zone, isClosed, moments }: History): Promise<void> {
  const { accountId, states } = told;
  const times = await stretch(db, told, days);
  if (isClosed) await closeDays(db, zone);
  const period = { accountIds: [accountId], from: times[0] ?? new Date(), to: new Date(Date.now() + 60_000) };

  const steps = await expectSteps(db, told, period);
  const series = await trendSeries(db, period, zone);
  for (const { until, isOpen, licenses } of series.points) {
    const held = new Map(states[0]?.held);
    for (const { userId, after, at } of steps) {
      if (!isOpen && Date.parse(at) >= Date.parse(until)) break;
      if (after === null) held.delete(userId);
      else held.set(userId, after);
    }
    const closing = Object.entries(licenses).map(([name, { closing }]) => [name, closing] as const);
    expect(Object.fromEntries(closing.filter(([, people]) => people !== 0))).toEqual(countsIn(held));
  }

  const [one, other] = moments.map((moment) => moment % states.length).sort((first, second) => first - second);
  const [from, to] = [times[one ?? 0], times[other ?? 0]];
  if (from && to && from < to) await expectComparison(db, told, { from, to, zone }, [one ?? 0, other ?? 0]);
}

/** Each cause has just the steps it brought about, and of each person, one step goes on where the last one ended. */
async function expectSteps(db: Database, told: Told, period: Period): Promise<MovedPerson[]> {
  const steps: MovedPerson[] = [];
  for await (const some of everyoneOfStep(db, period, {})) steps.push(...some);
  const byCause = Map.groupBy(steps, ({ cause }) => cause ?? 'none');
  for (const cause of byCause.keys()) expect(told.moves.has(cause) || told.unordered.has(cause)).toBe(true);
  for (const [cause, moves] of told.moves) {
    const found = (byCause.get(cause) ?? []).map(({ userId, before, after, operator }) => ({
      userId,
      before,
      after,
      isInside: operator !== null,
    }));
    const ordered = (list: Move[]) => list.toSorted((a, b) => (a.userId < b.userId ? -1 : 1));
    expect(ordered(found)).toEqual(ordered(moves));
  }
  const held = new Map<string, string | null>(told.states[0]?.held);
  for (const { userId, before, after } of steps) {
    expect([userId, before]).toEqual([userId, held.get(userId) ?? null]);
    held.set(userId, after);
  }
  const last = new Map([...held].flatMap(([userId, has]) => (has === null ? [] : [[userId, has] as const])));
  expect(last).toEqual(told.states.at(-1)?.held);
  return steps;
}

async function expectComparison(
  db: Database,
  { accountId, states }: Told,
  { from, to, zone }: { from: Date; to: Date; zone: string },
  [one, other]: [number, number],
): Promise<void> {
  const period = { accountIds: [accountId], from, to };
  const [first, last] = [states[one]?.held ?? new Map(), states[other]?.held ?? new Map()];
  const compared = await compareMoments(db, period, zone);
  expect(compared.opening).toEqual(countsIn(first));
  expect(compared.closing).toEqual(countsIn(last));
  const cells = new Map<string, string[]>();
  for (const id of new Set([...first.keys(), ...last.keys()])) {
    const key = JSON.stringify([first.get(id) ?? null, last.get(id) ?? null]);
    if (first.get(id) !== last.get(id)) cells.set(key, [...(cells.get(key) ?? []), id]);
  }
  expect(new Map(compared.cells.map((cell) => [JSON.stringify([cell.from, cell.to]), cell.people]))).toEqual(
    new Map([...cells].map(([key, ids]) => [key, ids.length])),
  );
  for (const cell of compared.cells) {
    const ids: string[] = [];
    for await (const some of everyoneOfCell(db, period, cell)) ids.push(...some.map(({ userId }) => userId));
    expect(ids.sort()).toEqual(cells.get(JSON.stringify([cell.from, cell.to]))?.sort());
  }
}

test(
  'after any history, counts, days, comparisons and lists of any two moments are what counting the people gives',
  {
    timeout: 3_600_000,
  },
  () =>
    withDatabase(async (db) => {
      await fc.assert(
        fc.asyncProperty(history, async (one) => {
          const told = await take(db, one);
          await expectAllToFit(db, told, one);
          await db.deleteFrom('accounts').where('id', '=', told.accountId).execute();
        }),
        { numRuns: rounds(200, 10_000) },
      );
      expect(await countDrift(db)).toBe(0);
    }),
);

/** Two changes and an outside change of one person: what is planted below must not go unseen. */
const plain: History = {
  start: [{ who: 1, license: 'Basic' }],
  steps: [
    { do: 'change', who: [1], license: 'Pro' },
    { do: 'outside', who: [1], license: 'Plus' },
    { do: 'change', who: [1], license: 'Basic' },
  ],
  days: 9,
  zone: 'UTC',
  isClosed: true,
  moments: [0, 2],
};

const planted: [string, (db: Database) => Promise<unknown>][] = [
  ['lost', (db) => sql`delete from movements where from_license = 'Pro'`.execute(db)],
  [
    'there twice',
    (db) =>
      sql`insert into movements (account_id, at, user_id, kind, from_license, to_license, cause, by)
        select account_id, at, user_id, kind, from_license, to_license, cause, by from movements where from_license = 'Pro'`.execute(
        db,
      ),
  ],
  [
    'given the cause of another',
    (db) =>
      sql`update movements set cause = other.cause from movements other
        where movements.from_license = 'Pro' and other.from_license = 'Basic'`.execute(db),
  ],
];

test.each(planted)('a step that is %s does not go unseen', (_, plant) =>
  withDatabase(async (db) => {
    await expectAllToFit(db, await take(db, plain), plain);
    const told = await take(db, plain);
    await plant(db);
    await expect(expectAllToFit(db, told, plain)).rejects.toThrow(/expected/);
  }),
);
