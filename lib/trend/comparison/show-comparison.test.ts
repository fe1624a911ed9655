import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { anaTo, type Desk, syncEverything, withDesk } from '../../../testing/desk.ts';
import { wantSync } from '../../accounts/store.ts';
import { auditFilterFrom } from '../../audit/filter.ts';
import { pageOfEntries } from '../../audit/store.ts';
import { saveDepartments } from '../../departments/store.ts';
import { exportComparison } from '../../exports/export-comparison.ts';
import { exportMoved } from '../../exports/export-moved.ts';
import type { DaysAsked } from '../address.ts';
import { findWhose } from '../find-whose.ts';
import { cellAsked, cellPath, type MovedAsked, movedPeriod, stepAsked } from '../links.ts';
import { everyoneOfCell } from '../moved/list-moved.ts';
import { showMoved } from '../moved/show-moved.ts';
import type { CellFilter } from '../moved.ts';
import { readComparison, showComparison } from './show-comparison.ts';

/** Since `days.from`: Ana got Pro by hand, Ben left, Cleo joined with a license that Chime has invented, Dan came and went. */
async function withSteps(run: (desk: Desk, days: DaysAsked) => Promise<void>) {
  await withDesk(async (desk) => {
    const { control, accountId, db, deps } = desk;
    const list = async () => {
      await wantSync(db, accountId);
      await syncEverything(deps);
    };
    const from = new Date().toISOString();
    await desk.change([anaTo('Pro')]);
    await control.removeUser(accountId, 'ben');
    await control.addUser(accountId, {
      LicenseType: 'Platinum',
      DisplayName: 'Cleo Marsh',
      PrimaryEmail: 'cleo@Other.example',
    });
    const dan = await control.addUser(accountId, { LicenseType: 'Plus', DisplayName: '=cmd|Dan' });
    await list();
    await control.removeUser(accountId, dan.UserId);
    await list();
    await run(desk, { from, to: null });
  });
}

const whoseOf = async ({ deps, accountId }: Desk) => {
  const whose = await findWhose(deps, accountId, 'all');
  if (!whose) throw new Error('The account is not there');
  return whose;
};

const shownOf = async (desk: Desk, days: DaysAsked) => {
  const { answer } = await showComparison(desk.db, await whoseOf(desk), days, 'UTC');
  if ('problem' in answer) throw new Error(answer.problem.code);
  return answer;
};

const listOf = async (desk: Desk, asked: MovedAsked | null, after: string | null = null) => {
  if (!asked) throw new Error('This is no address of a list');
  const { answer } = await showMoved(desk.db, await whoseOf(desk), asked, after, 'UTC');
  if ('problem' in answer) throw new Error(answer.problem.code);
  return answer;
};

const peopleOf = async (desk: Desk, days: DaysAsked, filter: CellFilter) => {
  const { people, total } = await listOf(desk, { of: 'cell', days, filter });
  expect(people).toHaveLength(total);
  return people.map(({ name }) => name).sort();
};

test('each number of a comparison is of exactly the people of its list', () =>
  withSteps(async (desk, days) => {
    const { cells, byOrigin, byOperator, byDomain, cameBack } = await shownOf(desk, days);

    expect(cells).toHaveLength(3);
    for (const { from, to, people } of cells) {
      expect(await peopleOf(desk, days, { from, to })).toHaveLength(people);
    }
    for (const { group: origin, people } of byOrigin.rows) {
      expect(await peopleOf(desk, days, { origin })).toHaveLength(people);
    }
    for (const { group: domain, people, licenses } of byDomain.rows) {
      expect(await peopleOf(desk, days, { domain })).toHaveLength(people);
      for (const [license, { up, down }] of Object.entries(licenses)) {
        expect(await peopleOf(desk, days, { domain, to: license })).toHaveLength(up);
        expect(await peopleOf(desk, days, { domain, from: license })).toHaveLength(down);
      }
    }
    expect(byDomain.rows.map(({ group }) => group).sort()).toEqual(['nordwind.example', 'other.example']);
    expect(byOperator.rows).toMatchObject([{ group: { id: 'dana' }, people: 1 }]);
    expect(await peopleOf(desk, days, { operatorId: 'dana' })).toEqual(['Ana Silva']);
    expect(await peopleOf(desk, days, { from: null })).toEqual(['Cleo Marsh']);
    expect(await peopleOf(desk, days, { to: null })).toEqual(['Ben Okafor']);
    expect(cameBack).toEqual({ people: 1, changes: 2 });
    expect(await peopleOf(desk, days, { cameBack: true })).toEqual(['=cmd|Dan']);
  }));

test('the audit finds the entry of each step by its cause', () =>
  withSteps(async (desk, { from }) => {
    const { people } = await listOf(desk, stepAsked({ from: from ?? '', until: '2100-01-01T00:00:00Z' }));
    expect(people).toHaveLength(5);
    for (const { userId, name, cause } of people) {
      const asked = new Map([
        ['person', userId],
        ['request', cause ?? ''],
      ]);
      const { entries } = await pageOfEntries(desk.db, auditFilterFrom(asked, desk.accountId));
      expect(entries.map(({ user }) => user?.name)).toEqual([name]);
    }
  }));

test('a list of steps has a row for each, and no page that is none', () =>
  withSteps(async (desk, { from }) => {
    const step = { from: from ?? '', until: '2100-01-01T00:00:00Z' };
    expect((await listOf(desk, stepAsked({ ...step, by: 'outside' }))).total).toBe(4);
    expect(
      (await listOf(desk, stepAsked({ ...step, by: 'inside', license: 'Pro', direction: 'up' }))).people,
    ).toMatchObject([{ name: 'Ana Silva', before: 'Basic', after: 'Pro', accountName: 'Nordwind Group' }]);
    await expect(listOf(desk, stepAsked(step), 'the second page')).rejects.toMatchObject({ code: 'invalid' });
  }));

test('when everyone has left, the counts say so', () =>
  withDesk(async (desk) => {
    const from = new Date().toISOString();
    for (const id of ['ana', 'ben']) await desk.control.removeUser(desk.accountId, id);
    await wantSync(desk.db, desk.accountId);
    await syncEverything(desk.deps);

    const { opening, cells } = await shownOf(desk, { from, to: null });
    expect(opening).toMatchObject({ Basic: 1, Pro: 1 });
    expect(cells).toHaveLength(2);
    expect(await peopleOf(desk, { from, to: null }, { to: null })).toEqual(['Ana Silva', 'Ben Okafor']);
  }));

describe('of a time of which nothing is known', () => {
  test('it is said since when anything is', () =>
    withDesk(async (desk) => {
      const asked = { from: '2020-01-01', to: null };
      const { answer } = await showComparison(desk.db, await whoseOf(desk), asked, 'UTC');
      expect(answer).toMatchObject({ problem: { code: 'unknown', knownFrom: expect.stringMatching(/^20/) } });
      const list = await showMoved(desk.db, await whoseOf(desk), { of: 'cell', days: asked, filter: {} }, null, 'UTC');
      expect(list.answer).toEqual(answer);
    }));

  test('an account that was not yet known is named, and is in none of the numbers of all', () =>
    withSteps(async (desk, days) => {
      const later = { id: 'later', name: 'Later Books' };
      const whose = await whoseOf(desk);
      const both = { account: null, accounts: [...whose.accounts, later] };
      const { answer } = await showComparison(desk.db, both, days, 'UTC');
      expect(answer).toMatchObject({ leftOut: [{ ...later, knownFrom: null }], closing: { Platinum: 1 } });
    }));

  test('a history that is made up says so where it is part of the period', () =>
    withSteps(async (desk, days) => {
      expect((await shownOf(desk, days)).madeUpUntil).toBeNull();
      const isMadeUp = async () =>
        (await listOf(desk, { of: 'cell', days, filter: {} })).people.map((one) => one.isMadeUp);
      expect(await isMadeUp()).toEqual([false, false, false]);
      await sql`update count_ledgers set made_up_until = clock_timestamp()`.execute(desk.db);
      expect((await shownOf(desk, days)).madeUpUntil).toMatch(/^20/);
      expect(await isMadeUp()).toEqual([true, true, true]);
    }));
});

test('an account that Carillon does not manage is nobody’s', () =>
  withDesk(async ({ deps }) => {
    expect(await findWhose(deps, 'elsewhere', 'all')).toBeUndefined();
    expect((await findWhose(deps, null, []))?.accounts).toEqual([]);
  }));

async function textOf(pieces: AsyncGenerator<string>): Promise<string[]> {
  let text = '';
  for await (const piece of pieces) text += piece;
  return text.trimEnd().split('\r\n');
}

test('a comparison is split by the departments that a file says, those of nobody known among them', () =>
  withSteps(async (desk, days) => {
    expect((await shownOf(desk, days)).byDepartment).toBe(null);
    const people = [
      { userId: 'ana', department: 'Sales' },
      { userId: 'ben', department: '=Board' },
    ];
    const said = { accountId: desk.accountId, name: 'departments.csv', lines: 3, unmatched: 1, unclear: 0, people };
    await saveDepartments(desk.db, said, { id: 'dana', name: 'Dana Reyes' });

    const { byDepartment } = await shownOf(desk, days);
    expect(byDepartment?.files).toMatchObject([{ name: 'departments.csv', matched: 2, unmatched: 1 }]);
    const rows = byDepartment?.split.rows ?? [];
    expect(rows.map(({ group, people: count }) => [group, count]).sort()).toEqual([
      [null, 1],
      ['=Board', 1],
      ['Sales', 1],
    ]);
    for (const { group: department, people: count } of rows) {
      expect(await peopleOf(desk, days, { department })).toHaveLength(count);
      expect(
        cellAsked(Object.fromEntries(new URL(cellPath(null, days, { department }), 'http://x').searchParams)),
      ).toMatchObject({
        filter: { department },
      });
    }
    const whose = await whoseOf(desk);
    const read = await readComparison(desk.db, whose, days, 'UTC');
    if ('problem' in read) throw new Error(read.problem.code);
    expect(await textOf(exportComparison(whose, read))).toEqual(
      expect.arrayContaining([
        'By department,Sales,Basic,Pro,1',
        "By department,'=Board,Pro,Not in the account,1",
        'By department,Not known,Not in the account,Platinum,1',
      ]),
    );
  }));

test('the files have every number, and every person with who and when, and no formula', () =>
  withSteps(async (desk, days) => {
    const whose = await whoseOf(desk);
    const read = await readComparison(desk.db, whose, days, 'UTC');
    if ('problem' in read) throw new Error(read.problem.code);
    const numbers = await textOf(exportComparison(whose, read));
    expect(numbers).toEqual(
      expect.arrayContaining([
        'Account,Nordwind Group,,,',
        'Time zone,UTC,,,',
        'Changed,,Basic,Pro,1',
        'Changed,,Not in the account,Platinum,1',
        'By operator,dana,Basic,Pro,1',
        'By e-mail domain,other.example,Not in the account,Platinum,1',
        'Changed and came back,,,,1',
      ]),
    );

    const asked = cellAsked({ from: days.from ?? '' });
    const period = asked && movedPeriod(asked, new Date(), 'UTC');
    if (!period || 'code' in period) throw new Error('This is no period');
    const all = everyoneOfCell(desk.db, { ...period, accountIds: [desk.accountId] }, {});
    const people = await textOf(exportMoved(all, whose.accounts));
    expect(people).toHaveLength(4);
    expect(people.find((line) => line.startsWith('Ana Silva'))).toMatch(
      /^Ana Silva,ana@nordwind\.example,ana,Nordwind Group,Yes,Basic,Pro,20\d\d-[-\d :]+,,By hand in Carillon,dana,/,
    );
    expect(people.find((line) => line.includes('Ben Okafor'))).toMatch(/,No,Pro,Not in the account,.*Outside Carillon/);
    const back = everyoneOfCell(desk.db, { ...period, accountIds: [desk.accountId] }, { cameBack: true });
    expect((await textOf(exportMoved(back, whose.accounts)))[1]).toMatch(/^'=cmd\|Dan,/);
  }));
