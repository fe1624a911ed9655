import fc from 'fast-check';
import { expect, test } from 'vitest';
import { overviewOf, totalsOf } from './overview.ts';

const value = fc.constantFrom('Basic', 'Pro', 'ProTrial', null);
const cell = fc.record({
  license: value,
  registration: fc.constantFrom('Registered', 'Unregistered', null),
  invitation: fc.constantFrom('Pending', null),
  userType: fc.constantFrom('PrivateUser', null),
  people: fc.nat(1000),
});
const accountCells = fc.array(fc.array(cell, { maxLength: 8 }), { maxLength: 6 });

const account = (id: string) => ({
  id,
  name: id,
  type: 'Team',
  status: null,
  defaultLicense: null,
  supportedLicenses: ['Basic', 'Pro'],
});

const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);

test('the plans of an account add up to its people, and the accounts to all people', () => {
  fc.assert(
    fc.property(accountCells, (given) => {
      const ids = given.map((_, at) => `account-${at}`);
      const cells = new Map(given.map((own, at) => [`account-${at}`, own]));

      const { accounts, licenses } = overviewOf(ids.map(account), cells, new Map());
      const totals = totalsOf(accounts);

      for (const { total, byLicense } of accounts) {
        expect(byLicense).toHaveLength(licenses.length);
        expect(sum(byLicense.map(({ people }) => people))).toBe(total.people);
      }
      expect(totals.total).toBe(sum(given.flat().map(({ people }) => people)));
      expect(sum(totals.byLicense)).toBe(totals.total);
    }),
  );
});
