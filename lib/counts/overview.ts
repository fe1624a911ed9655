import { type Account, type AccountView, type Freshness, neverListed, viewOf } from '../accounts/account.ts';
import type { CountCell } from '../search/cells/cells.ts';
import { licensesIn, type Tally, tallyOfEverybody, tallyOfLicense } from './table.ts';

/** One account with its counts; the tallies of `byLicense` stand in the order of the overview's licenses. */
export type AccountLine = AccountView & { freshness: Freshness; total: Tally; byLicense: Tally[] };

/** All accounts by name, and the plans that somebody in them has or could have. */
export type AccountsOverview = { licenses: (string | null)[]; accounts: AccountLine[] };

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
        freshness: freshness.get(account.id) ?? neverListed,
        total: tallyOfEverybody(own),
        byLicense: licenses.map((license) => tallyOfLicense(own, license)),
      };
    }),
  };
}

/** What accounts come to together; the numbers of `byLicense` stand in the order of theirs. */
export function totalsOf(accounts: Pick<AccountLine, 'total' | 'byLicense'>[]): { total: number; byLicense: number[] } {
  const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);
  const columns = accounts[0]?.byLicense ?? [];
  return {
    total: sum(accounts.map(({ total }) => total.people)),
    byLicense: columns.map((_, at) => sum(accounts.map(({ byLicense }) => byLicense[at]?.people ?? 0))),
  };
}
