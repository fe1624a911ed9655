import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { anaTo, type Desk, syncEverything, withDesk } from '../../testing/desk.ts';
import { wantSync } from '../accounts/store.ts';
import { countQuestions } from '../counts/count-questions.ts';
import { exportTrend, trendExportName } from '../exports/export-trend.ts';
import { trendAsked } from './address.ts';
import type { TrendShown } from './summary.ts';
import { viewTrend } from './view-trend.ts';

async function shown({ db, accountId }: Desk, params: Record<string, string> = {}): Promise<TrendShown> {
  const view = await viewTrend(db, [accountId], trendAsked(params), 'UTC');
  if (view.problem) throw new Error(view.problem.code);
  return view;
}

async function seeAgain({ db, deps, accountId }: Desk) {
  await wantSync(db, accountId);
  await syncEverything(deps);
}

test('a page shows how the main plan went, and its largest step with its cause', () =>
  withDesk(async (desk) => {
    await desk.change([anaTo('Pro')]);

    const view = await shown(desk);

    expect(view).toMatchObject({ licenses: ['Basic', 'Pro'], chosen: 'Pro', period: { endsLater: false } });
    expect(view.summaries).toMatchObject([
      {
        license: 'Pro',
        opening: 1,
        closing: 2,
        hasSteps: true,
        step: { change: 1, origin: 'carillon', operator: { id: 'dana' }, isMadeUp: false },
      },
      { license: 'Basic', opening: 1, closing: 0, step: null },
    ]);
    expect((await shown(desk, { plan: 'Basic' })).summaries[0]).toMatchObject({
      license: 'Basic',
      step: { change: -1 },
    });
    expect((await shown(desk, { plan: 'Nothing' })).chosen).toBe('Pro');
  }));

test('a plan that Chime invents tomorrow has a line and steps like any other', () =>
  withDesk(async (desk) => {
    await sql`update users set license = 'Gold', cause = gen_random_uuid() where id = 'ben'`.execute(desk.db);

    const view = await shown(desk, { plan: 'Gold' });

    expect(view.licenses).toEqual(['Basic', 'Pro', 'Gold']);
    expect(view.summaries[0]).toMatchObject({ license: 'Gold', opening: 0, closing: 1 });
  }));

test('where all people are gone, plans went to nobody', () =>
  withDesk(async (desk) => {
    for (const id of ['ana', 'ben']) await desk.control.removeUser(desk.accountId, id);
    await seeAgain(desk);

    const { summaries } = await shown(desk);

    expect(summaries.map(({ license, closing }) => [license, closing])).toEqual([
      ['Pro', 0],
      ['Basic', 0],
    ]);
  }));

test('nothing is shown of a time before the first complete listing, and a period that is none is a problem', () =>
  withDesk(async (desk) => {
    const before = await shown(desk, { from: '2020-02-29', to: '2020-03-01' });
    expect(before).toMatchObject({
      chosen: null,
      summaries: [],
      series: { points: [], known: [{ accountId: desk.accountId }] },
    });
    expect(await viewTrend(desk.db, [desk.accountId], trendAsked({ from: '2999-01-01' }), 'UTC')).toEqual({
      problem: { code: 'future', day: '2999-01-01' },
    });
  }));

test('the questions have the numbers of the people they list', () =>
  withDesk(async ({ db, accountId }) => {
    const answered = await countQuestions(db, accountId);
    expect(answered).toHaveLength(6);
    expect(answered.find(({ key }) => key === 'pro-suspended')).toMatchObject({
      people: 0,
      params: expect.stringContaining('plan=Pro'),
    });
  }));

test('the file has a line for each point and plan, with zone and moment, and its sums come out', () =>
  withDesk(async (desk) => {
    await desk.change([anaTo('Pro')]);
    const { series } = await shown(desk);

    let text = '';
    for await (const chunk of exportTrend(series, 'Nordwind Group')) text += chunk;

    const [headings, ...lines] = text
      .trim()
      .split('\r\n')
      .map((line) => line.split(','));
    expect(headings).toHaveLength(17);
    expect(text).toMatch(/^\uFEFFFrom \(UTC\),/);
    const pro = lines.filter((line) => line[2] === 'Pro');
    const sum = (column: number) => pro.reduce((so, line) => so + Number(line[column]), 0);
    expect(Number(pro[0]?.[3]) + sum(7) + sum(8) - sum(10) - sum(11)).toBe(Number(pro.at(-1)?.[4]));
    expect(pro.at(-1)).toMatchObject({ 4: '2', 7: '1', 13: 'so far', 14: 'Nordwind Group', 15: 'UTC' });
    expect(lines.every((line) => line.length === 17 && /^\d{4}-\d\d-\d\d \d\d:\d\d$/.test(line[16] ?? ''))).toBe(true);
    const day = new Date().toISOString().slice(0, 10);
    expect(trendExportName('Nordwind Group', series)).toBe(
      `trend-Nordwind-Group-${day}-${day}.csv`.replace('Nordwind-Group', 'nordwind-group'),
    );
  }));
