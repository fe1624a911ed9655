import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { rounds } from '../../testing/campaign.ts';
import { withDatabase } from '../../testing/database.ts';
import { addAccount, insertPeople, person } from '../../testing/people.ts';
import type { Database } from '../db/database.ts';
import { exportCost } from '../exports/export-cost.ts';
import { costProblem, costSentence } from '../texts/costs.ts';
import { daysFrom, endOfDay } from '../trend/calendar.ts';
import { closeDays } from '../trend/ledger/close-days-store.ts';
import { firstDayOf } from './month.ts';
import type { Terms } from './price.ts';
import { priceOn } from './prices.ts';
import { showCost } from './show-cost.ts';
import type { CostAnswer, CostView } from './view.ts';

const dayMs = 86_400_000;
const by = { entered_by: 'dana', entered_by_name: 'Dana Reyes' };

/** What a person has had since a moment; null: they were not in the account. */
type Span = { at: Date; license: string | null };
type Story = Map<string, Span[]>;

/** Puts an account there whose people have had these licenses, the first of them when it became known. */
async function tell(db: Database, accountId: string, knownFrom: Date, story: Story): Promise<void> {
  await addAccount(db, accountId);
  const now = [...story].flatMap(([id, spans]) => {
    const license = spans.at(-1)?.license ?? null;
    return license === null ? [] : [{ ...person(id, null, { license }), accountId }];
  });
  if (now.length > 0) await insertPeople(db, now);
  await sql`insert into count_ledgers (account_id, known_from) values (${accountId}, ${knownFrom})`.execute(db);
  await sql`insert into coverage (account_id, seen_from, seen_until) values (${accountId}, ${knownFrom}, now())`.execute(
    db,
  );
  const steps = [...story].flatMap(([userId, spans]) =>
    spans.slice(1).map(({ at, license: to }, index) => {
      const from = spans[index]?.license ?? null;
      return { userId, at, from, to, kind: from === null ? 'joined' : to === null ? 'left' : 'moved' };
    }),
  );
  for (const { userId, at, from, to, kind } of steps.toSorted((one, other) => one.at.getTime() - other.at.getTime())) {
    await sql`
      insert into movements (account_id, at, user_id, kind, from_license, to_license, cause)
      values (${accountId}, ${at}, ${userId}, ${kind}, ${from}, ${to}, ${randomUUID()}::uuid)`.execute(db);
  }
}

async function addPrices(db: Database, prices: Terms[]): Promise<void> {
  for (const { validFrom, currency, decimals, perDay, capPerMonth } of prices) {
    await sql`
      insert into prices (id, valid_from, currency, decimals, per_day, cap_per_month, source, entered_by, entered_by_name)
      values (${randomUUID()}::uuid, ${validFrom}, ${currency}, ${decimals}, ${String(perDay)}, ${String(capPerMonth)}, 'Contract',
        ${by.entered_by}, ${by.entered_by_name})`.execute(db);
  }
}

async function addActivity(db: Database, accountId: string, month: string, hosted: Map<string, number>): Promise<void> {
  await sql`
    insert into activity_files (account_id, month, name, lines, matched, unmatched, unclear, uploaded_by, uploaded_by_name)
    values (${accountId}, ${firstDayOf(month)}, 'hosts.csv', ${hosted.size}, ${hosted.size}, 0, 0, 'dana', 'Dana Reyes')`.execute(
    db,
  );
  for (const [userId, days] of hosted) {
    await sql`insert into activity_days values (${accountId}, ${firstDayOf(month)}, ${userId}, ${days})`.execute(db);
  }
}

const showOf = (db: Database, accountIds: string[], month: string | null, zone = 'UTC'): Promise<CostView> =>
  showCost(db, { account: null, accounts: accountIds.map((id) => ({ id, name: id })) }, month, zone);

async function answerOf(db: Database, accountIds: string[], month: string | null, zone = 'UTC'): Promise<CostAnswer> {
  const { answer } = await showOf(db, accountIds, month, zone);
  if ('problem' in answer) throw new Error(answer.problem.code);
  return answer;
}

/** The same by looking at each person on each day. */
function counted(story: Story, month: string, zone: string, prices: Terms[], hosted: Map<string, number>, now: Date) {
  const ofMonth = daysFrom(new Date(now.getTime() - 75 * dayMs), now, zone).filter(({ day }) => day.startsWith(month));
  const priced = prices.map((terms) => ({ ...terms, withdrawn: null }));
  const caps = ofMonth.flatMap(({ day }) => priceOn(priced, day)?.capPerMonth ?? []);
  let [people, highest, lowest] = [0, 0n, 0n];
  for (const [id, spans] of story) {
    const costs: bigint[] = [];
    for (const one of ofMonth) {
      const had = spans.some(({ at, license }, index) => {
        const until = spans[index + 1]?.at ?? now;
        return license === 'Pro' && at < endOfDay(one, zone) && until > one.start;
      });
      if (had) costs.push(priceOn(priced, one.day)?.perDay ?? 0n);
    }
    const sumOf = (amounts: bigint[]) => amounts.reduce((sum, amount) => sum + amount, 0n);
    const atMost = (amount: bigint, cap: bigint) => (amount < cap ? amount : cap);
    const cheapest = costs.toSorted((one, other) => (one < other ? -1 : 1)).slice(0, hosted.get(id) ?? 0);
    if (costs.length > 0) people += 1;
    highest += atMost(
      sumOf(costs),
      caps.reduce((high, cap) => (cap > high ? cap : high), 0n),
    );
    lowest += atMost(
      sumOf(cheapest),
      caps.reduce((low, cap) => (cap < low ? cap : low), caps[0] ?? 0n),
    );
  }
  return { people, range: caps.length === 0 ? null : { highest, lowest } };
}

const license = fc.constantFrom('Pro', 'Basic', 'ProTrial', 'Pro', null);
const history = fc.record({
  zone: fc.constantFrom('UTC', 'Europe/Berlin', 'America/St_Johns', 'Pacific/Chatham'),
  knownDaysAgo: fc.double({ min: 1, max: 70, noNaN: true }),
  people: fc.array(
    fc.record({
      first: license,
      steps: fc.array(fc.record({ at: fc.integer({ min: 1, max: 99_999 }), license }), { maxLength: 6 }),
    }),
    { maxLength: 6 },
  ),
  prices: fc.array(
    fc.record({ daysAgo: fc.integer({ min: 0, max: 75 }), perDay: fc.bigInt(0n, 900n), more: fc.bigInt(0n, 9_000n) }),
    { maxLength: 3 },
  ),
  hosted: fc.array(fc.integer({ min: 0, max: 31 }), { maxLength: 6 }),
  isClosed: fc.boolean(),
});

test('what a month can cost is what looking at each person on each day gives', { timeout: 3_600_000 }, () =>
  withDatabase(async (db) => {
    const property = fc.asyncProperty(history, async ({ zone, knownDaysAgo, people, isClosed, ...rest }) => {
      const now = new Date();
      const knownFrom = new Date(now.getTime() - Math.round(knownDaysAgo * dayMs));
      const length = now.getTime() - 1_000 - knownFrom.getTime();
      const story: Story = new Map(
        people.map(({ first, steps }, number) => {
          const moments = new Map(steps.map(({ at, license: to }) => [at, to]));
          const spans: Span[] = [{ at: knownFrom, license: first }];
          for (const [at, to] of [...moments].sort(([one], [other]) => one - other)) {
            const moment = new Date(knownFrom.getTime() + Math.round((length * at) / 100_000) + number);
            if (to !== spans.at(-1)?.license && moment > (spans.at(-1)?.at ?? now))
              spans.push({ at: moment, license: to });
          }
          return [`p${number}`, spans];
        }),
      );
      const dayBefore = (days: number) => new Date(now.getTime() - days * dayMs).toISOString().slice(0, 10);
      const prices = [...new Map(rest.prices.map((price) => [price.daysAgo, price])).values()].map(
        ({ daysAgo, perDay, more }): Terms => ({
          validFrom: dayBefore(daysAgo),
          ...{ currency: 'EUR', decimals: 2, perDay, capPerMonth: perDay + more },
        }),
      );
      const hosted = new Map(rest.hosted.map((days, number) => [`p${number}`, days]));

      await db.deleteFrom('prices').execute();
      await db.deleteFrom('accounts').execute();
      const accountId = randomUUID();
      await tell(db, accountId, knownFrom, story);
      await addPrices(db, prices);
      const { months } = await showOf(db, [accountId], null, zone);
      for (const month of months) await addActivity(db, accountId, month, hosted);
      if (isClosed) await closeDays(db, zone);
      for (const month of months) {
        const answer = await answerOf(db, [accountId], month, zone);
        const expected = counted(story, month, zone, prices, hosted, now);
        expect(answer.people).toBe(expected.people);
        expect(answer.range && { highest: answer.range.highest, lowest: answer.range.lowest }).toEqual(expected.range);
      }
    });
    await fc.assert(property, { numRuns: rounds(60, 3_000) });
  }),
);

const now = new Date();
const daysAgo = (days: number) => new Date(now.getTime() - days * dayMs);
const thisMonth = now.toISOString().slice(0, 7);
const lastMonth = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1, 1)).toISOString().slice(0, 7);
const terms = (validFrom: string, perDay = 300n, capPerMonth = 1500n): Terms => ({
  ...{ validFrom, currency: 'EUR', decimals: 2, perDay, capPerMonth },
});
const clockOf = (at: string) => new Date(at);

test('Pro for a minute around midnight counts for both days, and trials and Basic cost nothing', () =>
  withDatabase(async (db) => {
    const midnight = clockOf(`${lastMonth}-10T00:00:00Z`).getTime();
    const story: Story = new Map([
      [
        'night',
        [
          { at: daysAgo(70), license: 'Basic' },
          { at: new Date(midnight - 30_000), license: 'Pro' },
          { at: new Date(midnight + 30_000), license: 'Basic' },
        ],
      ],
      ['trial', [{ at: daysAgo(70), license: 'ProTrial' }]],
      ['all month', [{ at: daysAgo(70), license: 'Pro' }]],
    ]);
    await tell(db, 'one', daysAgo(70), story);
    await addPrices(db, [terms('2020-01-01')]);

    const answer = await answerOf(db, ['one'], lastMonth);
    expect(answer).toMatchObject({ people: 2, isOpen: false, range: { lowest: 0n, highest: 600n + 1500n } });
    expect(costSentence(answer, 'UTC')).toMatch(
      /^Between EUR\u00a00\.00 and EUR\u00a021\.00: Pro costs only on days a person hosts; 2 people could have\. Price entered by Dana Reyes on \d+ \w+ \d{4}\.$/,
    );
    // There it is evening: the minute is within one day.
    expect((await answerOf(db, ['one'], lastMonth, 'America/St_Johns')).range?.highest).toBe(300n + 1500n);
  }));

test('without a price nothing is said of money, and days before the first price are not in the amounts', () =>
  withDatabase(async (db) => {
    await tell(db, 'one', daysAgo(70), new Map([['ana', [{ at: daysAgo(70), license: 'Pro' }]]]));
    const without = await answerOf(db, ['one'], lastMonth);
    expect(without).toMatchObject({ range: null, prices: [], people: 1 });
    expect(costSentence(without, 'UTC')).toBe(
      'Price not known. Pro costs only on days a person hosts; 1 person could have.',
    );
    await addPrices(db, [terms(`${lastMonth}-03`, 1n, 1_000n)]);
    const answer = await answerOf(db, ['one'], lastMonth);
    expect(answer).toMatchObject({ unpricedDays: 2, range: { highest: BigInt(answer.days - 2) } });
  }));

test('where the price changes within a month, the higher cap counts for the highest amount and the lower one for the lowest', () =>
  withDatabase(async (db) => {
    await tell(db, 'one', daysAgo(70), new Map([['ana', [{ at: daysAgo(70), license: 'Pro' }]]]));
    await addPrices(db, [terms('2020-01-01', 300n, 1_000n), terms(`${lastMonth}-16`, 400n, 2_000n)]);
    await addActivity(
      db,
      'one',
      lastMonth,
      new Map([
        ['ana', 31],
        ['stranger', 20],
      ]),
    );
    const answer = await answerOf(db, ['one'], lastMonth);
    expect(answer).toMatchObject({ hasTwoCaps: true, range: { lowest: 1_000n, highest: 2_000n } });
    expect(answer.prices.map(({ perDay }) => perDay)).toEqual([400n, 300n]);
    expect(costSentence(answer, 'UTC')).toContain(
      'The lower amount is that of the hosted days that “hosts.csv” tells. 2 prices, the last one entered by Dana Reyes on ',
    );
  }));

test('a person who got Pro or joined after a month costs nothing in it, whatever the file says', () =>
  withDatabase(async (db) => {
    const after = clockOf(`${thisMonth}-01T00:00:00Z`);
    const story: Story = new Map([
      [
        'joined',
        [
          { at: daysAgo(70), license: null },
          { at: after, license: 'Pro' },
        ],
      ],
      [
        'got Pro',
        [
          { at: daysAgo(70), license: 'Basic' },
          { at: after, license: 'Pro' },
        ],
      ],
      [
        'left',
        [
          { at: daysAgo(70), license: 'Pro' },
          { at: after, license: null },
        ],
      ],
    ]);
    await tell(db, 'one', daysAgo(70), story);
    await addPrices(db, [terms('2020-01-01')]);
    await addActivity(db, 'one', lastMonth, new Map([...story.keys()].map((id) => [id, 2])));
    const answer = await answerOf(db, ['one'], lastMonth);
    expect(answer).toMatchObject({ people: 1, range: { lowest: 600n, highest: 1500n } });
  }));

test('accounts are counted together from when each is known, and what is known later or not at all is named', () =>
  withDatabase(async (db) => {
    const always = (since: number): Story => new Map([['ana', [{ at: daysAgo(since), license: 'Pro' }]]]);
    await tell(db, 'early', daysAgo(70), always(70));
    await tell(
      db,
      'late',
      clockOf(`${lastMonth}-05T12:00:00Z`),
      new Map([['ben', [{ at: clockOf(`${lastMonth}-05T12:00:00Z`), license: 'Pro' }]]]),
    );
    await addAccount(db, 'never');
    await addPrices(db, [terms('2020-01-01', 1n, 1_000n)]);
    const answer = await answerOf(db, ['early', 'late', 'never'], lastMonth);
    expect(answer.range?.highest).toBe(BigInt(answer.days) + BigInt(answer.days - 4));
    expect(answer.later).toEqual([
      { id: 'late', name: 'late', knownFrom: `${lastMonth}-05T12:00:00.000Z` },
      { id: 'never', name: 'never', knownFrom: null },
    ]);
  }));

test('a month that is none, has not begun, or is before anything was known has no amount, and the page says why', () =>
  withDatabase(async (db) => {
    await tell(db, 'one', daysAgo(70), new Map());
    const said = async (month: string, ids = ['one']) => {
      const { answer } = await showOf(db, ids, month);
      return 'problem' in answer ? costProblem(answer.problem, 'UTC') : null;
    };
    expect(await said('2026-13')).toBe('There is no month 2026-13. Write months like 2026-11.');
    expect(await said('9999-01')).toBe('Jan 9999 has not begun yet.');
    expect(await said('2020-02')).toMatch(/^We know nothing before \d+ \w+ \d{4}, \d\d:\d\d\.$/);
    expect(await said(thisMonth, ['other'])).toBe('Nothing is known yet: the first complete reading is still to come.');
    expect(await said(thisMonth)).toBe(null);
  }));

test('the file has a line for each month and account and one for all, each with the least and the most and what it assumes', () =>
  withDatabase(async (db) => {
    await tell(db, 'one', daysAgo(40), new Map([['ana', [{ at: daysAgo(40), license: 'Pro' }]]]));
    await tell(db, 'two', daysAgo(40), new Map());
    await addPrices(db, [terms('2020-01-01')]);
    const accounts = [
      { id: 'one', name: '=One' },
      { id: 'two', name: 'Two' },
    ];
    let file = '';
    for await (const chunk of exportCost(db, { account: null, accounts }, 'UTC')) file += chunk;
    const [headings = '', ...lines] = file.trimEnd().split('\r\n');
    expect(headings).toContain('At least,At most,Currency');
    const ofLastMonth = lines.filter((line) => line.startsWith(lastMonth)).map((line) => line.split(','));
    expect(ofLastMonth.map((cells) => [cells[1], cells[4], cells[5], cells[6], cells[7]])).toEqual([
      ["'=One", '1', '0.00', '15.00', 'EUR'],
      ['Two', '0', '0.00', '0.00', 'EUR'],
      ['All accounts together', '1', '0.00', '15.00', 'EUR'],
    ]);
    expect(lines.every((line) => line.includes('At most: every person hosted a meeting on every day'))).toBe(true);
    expect(lines.filter((line) => line.startsWith(thisMonth)).every((line) => line.includes('so far'))).toBe(true);
  }));
