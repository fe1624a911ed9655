import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type CountCell, totalOf } from '../search/cells/cells.ts';
import { filterFromParams } from '../search/filter.ts';
import { statusOf } from '../users/user.ts';
import { licenseTable, type Tally } from './table.ts';

const maybe = (...values: string[]) => fc.constantFrom(...values, null);

const cells: fc.Arbitrary<CountCell[]> = fc.uniqueArray(
  fc.record({
    license: maybe('Basic', 'Plus', 'Pro', 'ProTrial', 'Gold'),
    registration: maybe('Registered', 'Unregistered', 'Suspended', 'Released'),
    invitation: maybe('Pending', 'Accepted', 'Failed'),
    userType: maybe('PrivateUser', 'SharedDevice'),
    people: fc.integer({ min: 1, max: 1_000_000 }),
  }),
  { selector: ({ people: _, ...facts }) => JSON.stringify(facts), maxLength: 40 },
);

const sum = (tallies: Tally[]) => tallies.reduce((total, { people }) => total + people, 0);

test('rows and columns add up to everybody', () => {
  fc.assert(
    fc.property(cells, (given) => {
      const table = licenseTable(given, ['Basic', 'Pro']);

      expect(table.total.people).toBe(given.reduce((total, { people }) => total + people, 0));
      expect(sum(table.rows.map(({ total }) => total))).toBe(table.total.people);
      expect(sum(table.byStatus)).toBe(table.total.people);
      expect(sum(table.byType.map(({ tally }) => tally))).toBe(table.total.people);
      for (const row of table.rows) expect(sum(row.byStatus)).toBe(row.total.people);
    }),
  );
});

test('every number is of exactly the people whom its address finds', () => {
  fc.assert(
    fc.property(cells, (given) => {
      const table = licenseTable(given, ['Basic', 'Pro']);
      for (const { license, byStatus } of table.rows) {
        for (const [index, { people, params }] of byStatus.entries()) {
          const facets = filterFromParams(new URLSearchParams(params ?? '')).facets;
          expect(params === null ? people : totalOf(given, facets)).toBe(people);
          const really = given.filter((cell) => cell.license === license && statusOf(cell) === table.statuses[index]);
          expect(really.reduce((total, cell) => total + cell.people, 0)).toBe(people);
        }
      }
    }),
  );
});

test('a plan that nobody has is there when the account supports it', () => {
  const table = licenseTable([], ['Pro', 'Basic']);

  expect(table.rows.map(({ license, total }) => [license, total.people])).toEqual([
    ['Basic', 0],
    ['Pro', 0],
  ]);
  expect(table.rows[1]?.total.params).toBe('plan=Pro');
});

test('a value that no address can hold has its number without a link', () => {
  const odd = { license: 'Pro & more', registration: null, invitation: null, userType: null, people: 3 };

  expect(licenseTable([odd], []).rows).toMatchObject([{ license: 'Pro & more', total: { people: 3, params: null } }]);
});
