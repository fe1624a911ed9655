import type { AuditEntry } from '../audit/entry.ts';
import { sortLicense } from '../users/derived.ts';
import { statusOf } from '../users/user.ts';
import { type CountCell, totalOf } from './cells/cells.ts';
import { facetKeys, isAboutTime, noFacets, noValue, type SortKey, type UserFilter } from './filter.ts';
import type { ListOutcome } from './page.ts';

/** What a filter asks for, with all that is known before anybody is looked for. */
export type WantedPeople = {
  accountId: string;
  filter: UserFilter;
  /** Words with their spellings, as `wordsOf` reads them. */
  words: string[][];
  /** Nobody but these people: those of a pasted list, or of a request. */
  only: string[] | null;
  /** How many people of the account share which facts. */
  cells: CountCell[];
  list?: ListOutcome;
  /** Of several e-mails or IDs in the search: those that find nobody. */
  missing: string[];
  request?: AuditEntry;
};

/** People that the facets let through, all else left aside. */
export const fittingOf = ({ cells, filter }: WantedPeople) => totalOf(cells, filter.facets);

export const everyoneOf = ({ cells }: WantedPeople) => totalOf(cells, noFacets);

/** Whether the facets alone decide, so that the number of people found is known. */
export function isCounted({ words, only, filter }: WantedPeople): boolean {
  const isByFacetsAlone = filter.changedWithin === null && !filter.outside && !isAboutTime(filter);
  return words.length === 0 && only === null && isByFacetsAlone;
}

/** Whether everybody is wanted. */
export function isEverybody(wanted: WantedPeople): boolean {
  return isCounted(wanted) && facetKeys.every((key) => wanted.filter.facets[key].length === 0);
}

const sortValueOf: Partial<Record<SortKey, (cell: CountCell) => string>> = {
  license: ({ license }) => sortLicense(license),
  status: ({ registration, invitation }) => statusOf({ registration, invitation }),
  type: ({ userType }) => userType ?? '',
};

/**
 * The values that the sorted column can have in people that the facets let through; undefined where that rules nothing
 * out. Without it, suspended people sorted by status stand behind all who are registered.
 */
export function sortValuesOf({ cells, filter }: WantedPeople): string[] | undefined {
  const sortValue = sortValueOf[filter.sort];
  if (!sortValue) return undefined;
  const fits = (cell: CountCell) =>
    facetKeys.every((key) => filter.facets[key].length === 0 || filter.facets[key].includes(cell[key] ?? noValue));
  const all = new Set(cells.map(sortValue));
  const possible = new Set(cells.filter(fits).map(sortValue));
  return possible.size < all.size ? [...possible] : undefined;
}
