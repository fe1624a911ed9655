import type { AccountView, Freshness } from '../accounts/account.ts';
import { licenses } from '../licenses/license.ts';
import { type CountCell, totalOf } from '../search/cells/cells.ts';
import { filterFromParams, firstPage, noFacets, noValue, paramsFromFilter, type UserFilter } from '../search/filter.ts';
import { type Status, statusOf } from '../users/user.ts';

type Facets = UserFilter['facets'];

/** A number, and the address of the filter that finds exactly these people; null where no address can say it. */
export type Tally = { people: number; params: string | null };

const nobody: Tally = { people: 0, params: null };

type LicenseRow = { license: string | null; total: Tally; byStatus: Tally[] };

/** How many people have which plan in which status. The tallies of a row stand in the order of `statuses`. */
export type LicenseTable = {
  statuses: Status[];
  rows: LicenseRow[];
  total: Tally;
  byStatus: Tally[];
  byType: { userType: string | null; tally: Tally }[];
};

/** A page of licenses, as it travels to the browser. */
export type LicensesView = { account: AccountView; freshness: Freshness; table: LicenseTable };

/** Folds an account's counts into its table; plans that the account supports are there although nobody has them. */
export function licenseTable(cells: CountCell[], supported: string[]): LicenseTable {
  const statuses = statusesIn(cells);
  const facetsByStatus = statuses.map((status) => facetsOfStatus(status, cells));
  const rowOf = (license: Facets['license']) =>
    facetsByStatus.map((facets) => (facets ? tally(cells, { ...facets, license }) : nobody));
  return {
    statuses,
    rows: licensesIn(cells, supported).map((license) => {
      const only = [license ?? noValue];
      return { license, total: tally(cells, { ...noFacets, license: only }), byStatus: rowOf(only) };
    }),
    total: tally(cells, noFacets),
    byStatus: rowOf([]),
    byType: occurring(cells, 'userType').map((userType) => ({
      userType,
      tally: tally(cells, { ...noFacets, userType: [userType ?? noValue] }),
    })),
  };
}

/** The plans that somebody has or could have: as Chime documents them, then others by name, then not known. */
export function licensesIn(cells: CountCell[], supported: string[]): (string | null)[] {
  const there = new Set([...supported, ...occurring(cells, 'license')]);
  const known = licenses.filter((license) => there.has(license));
  const others = [...there].filter((license) => license !== null && !known.some((one) => one === license)).sort();
  return [...known, ...others, ...(there.has(null) ? [null] : [])];
}

/** How many people have a license, or anybody at all. */
export const tallyOfLicense = (cells: CountCell[], license: string | null): Tally =>
  tally(cells, { ...noFacets, license: [license ?? noValue] });

export const tallyOfEverybody = (cells: CountCell[]): Tally => tally(cells, noFacets);

const usual: Status[] = ['registered', 'invited', 'unregistered', 'suspended'];

function statusesIn(cells: CountCell[]): Status[] {
  const there = new Set(cells.filter(({ people }) => people > 0).map(statusOf));
  return [...usual, ...[...there].filter((status) => !usual.includes(status)).sort()];
}

/**
 * A status is what two facts together say: the values of both, among those that occur, that come to this one. Undefined
 * where nobody has it.
 */
function facetsOfStatus(status: Status, cells: CountCell[]): Facets | undefined {
  const pairs = cells.filter((cell) => cell.people > 0 && statusOf(cell) === status);
  if (pairs.length === 0) return undefined;
  const valuesOf = (key: 'registration' | 'invitation') =>
    [...new Set(pairs.map((cell) => cell[key] ?? noValue))].sort();
  const decidedByRegistration = status === 'registered' || status === 'suspended';
  return {
    ...noFacets,
    registration: valuesOf('registration'),
    invitation: decidedByRegistration ? [] : valuesOf('invitation'),
  };
}

function tally(cells: CountCell[], facets: Facets): Tally {
  const people = totalOf(cells, facets);
  const params = paramsFromFilter({ ...firstPage, facets });
  const read = filterFromParams(new URLSearchParams(params)).facets;
  return { people, params: JSON.stringify(read) === JSON.stringify(facets) ? params : null };
}

function occurring(cells: CountCell[], key: 'license' | 'userType'): (string | null)[] {
  const values = new Set(cells.filter(({ people }) => people > 0).map((cell) => cell[key]));
  return [...values].sort((one, other) => (one ?? '~').localeCompare(other ?? '~', 'en'));
}
