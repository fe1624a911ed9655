import { licensesIn, type Tally, tallyOfEverybody, tallyOfLicense } from '../licenses/table.ts';
import type { CountCell } from '../users/counts.ts';
import { type Account, type AccountView, type Freshness, viewOf } from './account.ts';

/** One account with its counts; the tallies of `byLicense` stand in the order of the overview's licenses. */
export type AccountLine = AccountView & { freshness: Freshness; total: Tally; byLicense: Tally[] };

/** All accounts by name, and what they come to together. */
export type AccountsOverview = {
  licenses: (string | null)[];
  accounts: AccountLine[];
  total: number;
  byLicense: number[];
};

/** Folds every account's counts into one table. */
export function overviewOf(
  accounts: Account[],
  cells: Map<string, CountCell[]>,
  freshness: Map<string, Freshness>,
): AccountsOverview {
  const everyCell = accounts.flatMap(({ id }) => cells.get(id) ?? []);
  const supported = accounts.flatMap(({ supportedLicenses }) => supportedLicenses);
  const licenses = licensesIn(everyCell, supported);
  return {
    licenses,
    accounts: accounts.map((account) => {
      const own = cells.get(account.id) ?? [];
      return {
        ...viewOf(account),
        freshness: freshness.get(account.id) ?? { asOf: null, syncing: null, failure: null },
        total: tallyOfEverybody(own),
        byLicense: licenses.map((license) => tallyOfLicense(own, license)),
      };
    }),
    total: tallyOfEverybody(everyCell).people,
    byLicense: licenses.map((license) => tallyOfLicense(everyCell, license).people),
  };
}
