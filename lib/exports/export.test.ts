import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { accountId, person, withPeople } from '../../testing/people.ts';
import { csvCell, unguarded } from '../csv.ts';
import type { Database } from '../db/database.ts';
import { planEndings } from '../endings/store.ts';
import { firstPage, noFacets, type UserFilter } from '../search/filter.ts';
import { pageOfUsers } from '../search/show-users.ts';
import { attachment, exportName } from './export-name.ts';
import { exportUsers } from './export-users.ts';

async function linesOf(db: Database, filter: UserFilter): Promise<string[]> {
  let text = '';
  for await (const piece of exportUsers({ db, chime: { accounts: 'all' } }, accountId, filter)) text += piece;
  return text.trimEnd().split('\r\n');
}

const giveEnd = (db: Database, userId: string, at: Date) =>
  planEndings(db, [
    {
      accountId,
      userId,
      license: 'ProTrial',
      backTo: 'Basic',
      at,
      zone: 'UTC',
      operatorId: 'dana',
      operatorName: 'Dana Reyes',
      operatorRole: 'helpdesk',
    },
  ]);

const people = [
  person('p1', 'Ana Silva', { license: 'ProTrial', registeredOn: new Date('2020-05-01T10:00:00Z') }),
  person('p2', '=HYPERLINK("x")'),
  person('p3', null, { email: null, license: null, registration: null, invitation: null, userType: null }),
];

describe('an export', () => {
  test('has everybody whom the filter finds, with all that the list can show, in the same order', () =>
    withPeople(
      people,
      async (db) => {
        const filter: UserFilter = { ...firstPage, sort: 'id', descending: true };
        await giveEnd(db, 'p1', new Date('2026-12-24T17:00:00Z'));
        const { users } = await pageOfUsers(db, accountId, filter);

        const lines = await linesOf(db, filter);

        expect(lines[0]).toBe(
          '\uFEFFName,E-mail,Plan,Status,User ID,Type,Registered on (UTC),Invited on (UTC),Last change (UTC),Changed by,Account,End date (UTC)',
        );
        expect(lines.slice(1).map((line) => users.findIndex(({ id }) => line.includes(id)))).toEqual([0, 1, 2]);
        expect(lines[3]).toBe(
          'Ana Silva,p1@nordwind.example,Pro trial,Registered,p1,Person,2020-05-01 10:00:00,,2026-01-02 03:04:05,Outside Carillon,Nordwind,2026-12-24 17:00:00',
        );
        expect(lines[2]).toContain('"\'=HYPERLINK(""x"")"');
        expect(lines[1]).toBe(',,,Not registered,p3,,,,,,Nordwind,');
        expect(await linesOf(db, { ...filter, search: 'silva' })).toHaveLength(2);
        expect(await linesOf(db, { ...filter, facets: { ...noFacets, license: ['none'] } })).toHaveLength(2);
        expect(await linesOf(db, { ...filter, search: 'nobody at all' })).toHaveLength(1);
      },
      [{ id: 'p1', at: new Date('2026-01-02T03:04:05Z'), by: null }],
    ));

  test('that is given up asks for nothing more', () =>
    withPeople(people, async (db) => {
      const pieces = exportUsers({ db, chime: { accounts: 'all' } }, accountId, firstPage);
      await pieces.next();
      expect(await pieces.return(undefined)).toMatchObject({ done: true });
      expect(await pieces.next()).toMatchObject({ done: true });
    }));
});

test('no cell of an export is a formula, and each reads back as one cell', () => {
  for (const start of ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
    expect(csvCell(`${start}1`)).toMatch(/^"?'/);
  expect(csvCell('a "b", c')).toBe('"a ""b"", c"');
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const cell = csvCell(text);
      const inside = cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell;
      expect(inside.replaceAll("'", '')).toBe(text.replaceAll("'", ''));
      expect(inside).not.toMatch(/(^|[;\t\r\n])[=+\-@＝＋－＠]/);
      if (!cell.startsWith('"')) expect(cell).not.toMatch(/[",\r\n]/);
    }),
  );
});

test('no part of a cell is a formula where a spreadsheet parts cells by semicolons, tabs or lines', () => {
  expect(csvCell('Ana;=HYPERLINK("x")')).toBe('"Ana;\'=HYPERLINK(""x"")"');
  expect(csvCell('Ana;;@SUM(1)')).toBe("Ana;;'@SUM(1)");
  expect(csvCell('Ana\n=1+1')).toBe('"Ana\n\'=1+1"');
  expect(csvCell('Ana\t-1')).toBe("Ana\t'-1");
  expect(csvCell('Ana; Silva, a-b=c')).toBe('"Ana; Silva, a-b=c"');
  for (const text of ['Ana;=1', '=1;-2', '\t=1', '@a;\n+b', "Ana; Silva 'x'"]) {
    const cell = csvCell(text);
    expect(unguarded(cell.startsWith('"') ? cell.slice(1, -1) : cell)).toBe(text);
  }
});

describe('the name of an exported file', () => {
  const day = '2026-11-25';

  test('tells account, filter and day', () => {
    const filter: UserFilter = { ...firstPage, search: 'Silva', facets: { ...noFacets, license: ['Pro'] } };
    expect(exportName('Nordwind', filter, day)).toBe('people-nordwind-plan-Pro-matching-Silva-2026-11-25.csv');
    const more: UserFilter = { ...firstPage, changedWithin: 7, outside: true, list: 'a'.repeat(20) };
    expect(exportName('Nordwind Group', more, day)).toBe(
      'people-nordwind-group-changed-in-7-days-changed-outside-from-list-2026-11-25.csv',
    );
    expect(exportName('Nordwind', { ...firstPage, search: '张伟' }, day)).toContain('matching-张伟');
  });

  test('is one header, whatever stands in the address', () => {
    const filters = fc.record({
      name: fc.string({ unit: 'binary' }),
      search: fc.string({ unit: 'binary', maxLength: 200 }),
    });
    fc.assert(
      fc.property(filters, ({ name, search }) => {
        const file = exportName(name.toWellFormed(), { ...firstPage, search: search.toWellFormed() }, day);
        expect(file).toMatch(/^people[\p{L}\p{N}\p{M}-]*-2026-11-25\.csv$/u);
        const header = attachment(file);
        expect(header).toMatch(/^attachment; filename="[A-Za-z0-9.-]+"; filename\*=UTF-8''[A-Za-z0-9.%-]+$/);
        expect(new Headers({ 'content-disposition': header }).get('content-disposition')).toBe(header);
      }),
    );
    expect(attachment(exportName('x', { ...firstPage, search: '../"\r\nset-cookie: a=b' }, day))).toBe(
      `attachment; filename="people-x-matching-set-cookie-a-b-2026-11-25.csv"; filename*=UTF-8''people-x-matching-set-cookie-a-b-2026-11-25.csv`,
    );
  });
});
