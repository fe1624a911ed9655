import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { anaTo, type Desk, syncEverything, withDesk } from '../../testing/desk.ts';
import { wantSync } from '../accounts/store.ts';
import { compareDomains, compareMoments } from './comparison/compare-moments.ts';
import { countsNow } from './count-now.ts';
import { largestStep } from './find-largest-step-store.ts';
import { closeDays } from './ledger/close-days-store.ts';
import { countDrift } from './ledger/days-store.ts';
import { everyoneOfCell, everyoneOfStep, peopleOfCell, peopleOfStep } from './moved/list-moved.ts';
import { trendSeries } from './show-trend.ts';

const inAnHour = () => new Date(Date.now() + 3_600_000);

/** Since the desk was opened: Ana got Pro, Ben's Pro was taken outside, and somebody joined with Plus and left again. */
async function withSteps(run: (desk: Desk, period: { accountIds: string[]; from: Date; to: Date }) => Promise<void>) {
  await withDesk(async (desk) => {
    const { control, accountId, db, deps } = desk;
    const from = new Date();
    await desk.change([anaTo('Pro')]);
    await control.changeOutside(accountId, 'ben', { LicenseType: 'Basic' });
    const came = await control.addUser(accountId, { LicenseType: 'Plus', DisplayName: 'Cleo Marsh' });
    await wantSync(db, accountId);
    await syncEverything(deps);
    await control.removeUser(accountId, came.UserId);
    await wantSync(db, accountId);
    await syncEverything(deps);
    await run(desk, { accountIds: [accountId], from, to: inAnHour() });
  });
}

/** As if all that is known had happened so many days ago. */
const letDaysPass = async ({ db }: Desk, days: number) => {
  const ago = sql`${days} * interval '1 day'`;
  await sql`update movements set at = at - ${ago}, since = since - ${ago}`.execute(db);
  await sql`update count_ledgers set known_from = known_from - ${ago}, closed_until = closed_until - ${ago}`.execute(
    db,
  );
  await sql`update coverage set seen_from = seen_from - ${ago}, seen_until = seen_until - ${ago}`.execute(db);
};

const before = (date: Date, days: number) => new Date(date.getTime() - days * 86_400_000);

test('two moments are compared person by person, with who joined and left, and sums that fit', () =>
  withSteps(async ({ db }, period) => {
    const compared = await compareMoments(db, period, 'UTC');

    expect(compared).toMatchObject({
      opening: { Basic: 1, Pro: 1 },
      closing: { Basic: 1, Pro: 1 },
      stayed: { Basic: 0, Pro: 0 },
      cameBack: { people: 1, changes: 2 },
      byOperator: [{ from: 'Basic', to: 'Pro', people: 1, operator: { id: 'dana' } }],
    });
    expect(compared.cells).toHaveLength(2);
    expect(compared.byOrigin).toEqual(
      expect.arrayContaining([
        { from: 'Basic', to: 'Pro', people: 1, origin: 'carillon' },
        { from: 'Pro', to: 'Basic', people: 1, origin: 'outside' },
      ]),
    );
    expect(await compareDomains(db, period)).toEqual([
      { domain: 'nordwind.example', from: 'Basic', to: 'Pro', people: 1 },
      { domain: 'nordwind.example', from: 'Pro', to: 'Basic', people: 1 },
    ]);
  }));

test('the people of a cell and of a step say what they had, what they have, who did it, and when it was seen', () =>
  withSteps(async ({ db }, period) => {
    expect(await peopleOfCell(db, period, { from: 'Basic', to: 'Pro' })).toMatchObject({
      people: [{ name: 'Ana Silva', before: 'Basic', after: 'Pro', origin: 'carillon', operator: { id: 'dana' } }],
      next: null,
    });
    const { people } = await peopleOfStep(db, period, { by: 'outside' });
    expect(people.map(({ name, isThere, before, after }) => [name, isThere, before, after])).toEqual(
      expect.arrayContaining([
        ['Ben Okafor', true, 'Pro', 'Basic'],
        ['Cleo Marsh', false, null, 'Plus'],
        ['Cleo Marsh', false, 'Plus', null],
      ]),
    );
    for (const { at, seenAfter } of people) expect(Date.parse(seenAfter ?? '')).toBeLessThan(Date.parse(at));
    const up = await peopleOfStep(db, period, { license: 'Plus', direction: 'up' });
    expect(up.people.map(({ after }) => after)).toEqual(['Plus']);

    const everyone = [];
    for await (const some of everyoneOfStep(db, period, {})) everyone.push(...some);
    expect(everyone).toHaveLength(4);
    for await (const some of everyoneOfCell(db, period, { from: 'Pro', to: 'Basic' })) everyone.push(...some);
    expect(everyone.at(-1)).toMatchObject({ userId: 'ben' });
  }));

test('a series has a point a day, from closed days as from live numbers, with the lowest and highest in it', () =>
  withSteps(async (desk, { accountIds, from }) => {
    const { db, accountId } = desk;
    await letDaysPass(desk, 10);
    const period = { accountIds, from: before(from, 30), to: inAnHour() };
    const counted = await trendSeries(db, period, 'UTC');
    await closeDays(db, 'UTC');
    const kept = await trendSeries(db, period, 'UTC');

    expect(kept.pointIs).toEqual({ unit: 'day', count: 1 });
    expect(kept.points).toEqual(counted.points);
    expect(kept.points).toHaveLength(11);
    expect(kept.points[0]?.licenses).toMatchObject({
      Pro: {
        opening: 1,
        closing: 1,
        lowest: 1,
        highest: 2,
        up: { inside: 1, outside: 0 },
        down: { inside: 0, outside: 1 },
      },
      Plus: { opening: 0, closing: 0, highest: 1, joined: 1, left: 1 },
    });
    expect(kept.points.at(-1)).toMatchObject({ isOpen: true, isSeen: false, licenses: { Pro: { closing: 1 } } });
    expect(kept.gaps).toMatchObject([{ accountId, until: null, because: null }]);
    expect(await countDrift(db)).toBe(0);
  }));

test('the counts of now are beside those of yesterday, 7 and 30 days ago, as far back as anything is known', () =>
  withSteps(async (desk) => {
    await letDaysPass(desk, 10);
    await desk.change([anaTo('Basic', 'Pro')]);
    const { db, accountId } = desk;
    const { counts } = await countsNow(db, [accountId], 'UTC');

    expect(counts).toContainEqual({
      accountId,
      license: 'Pro',
      people: 0,
      sinceYesterday: -1,
      since7Days: -1,
      since30Days: null,
    });
  }));

test('the largest step of a license is what changed it the most, by batch, by operator and day, or outside', () =>
  withSteps(async ({ db }, period) => {
    expect(await largestStep(db, period, 'Basic', 'UTC')).toMatchObject({
      change: 1,
      origin: 'outside',
      operator: null,
    });
    expect(await largestStep(db, period, 'ProTrial', 'UTC')).toBeNull();
  }));

test('a period that ends before it begins, or begins in the future, is refused, and so is a page that is none', () =>
  withDesk(async ({ db, accountId }) => {
    const now = new Date();
    const ask = (from: Date, to: Date) => compareMoments(db, { accountIds: [accountId], from, to }, 'UTC');
    await expect(ask(now, before(now, 1))).rejects.toMatchObject({ code: 'invalid' });
    await expect(ask(inAnHour(), new Date(Date.now() + 7_200_000))).rejects.toMatchObject({ code: 'invalid' });
    const period = { accountIds: [accountId], from: before(now, 1), to: inAnHour() };
    await expect(peopleOfStep(db, period, {}, "'; drop table users")).rejects.toMatchObject({ code: 'invalid' });
  }));

test('nothing is said of a moment before the first complete listing, and since when is told', () =>
  withSteps(async ({ db, accountId }, { accountIds, from }) => {
    const early = { accountIds, from: before(from, 3), to: inAnHour() };
    const compared = await compareMoments(db, early, 'UTC');
    expect(compared).toMatchObject({ compared: [], opening: {}, closing: {}, cells: [] });
    expect(Date.parse(compared.known[0]?.knownFrom ?? '')).toBeLessThan(from.getTime());
    const series = await trendSeries(db, early, 'UTC');
    expect(series.points[0]?.licenses).toMatchObject({ Basic: { opening: 1 } });
    expect(Date.parse(series.points[0]?.until ?? '')).toBeGreaterThan(Date.parse(series.known[0]?.knownFrom ?? ''));

    const unknown = { ...early, accountIds: ['never-listed'] };
    expect((await trendSeries(db, unknown, 'UTC')).points).toEqual([]);
    expect((await countsNow(db, ['never-listed', accountId], 'UTC')).known).toMatchObject([
      { accountId: 'never-listed', knownFrom: null },
      { accountId },
    ]);
  }));
