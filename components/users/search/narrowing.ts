import { type FacetKey, facetKeys, firstPage, paramsFromFilter, type UserFilter } from '@/lib/search/filter.ts';

/** Goes to another filter: as a step that Back takes back, or in place of the present one. */
export type OnFilter = (filter: UserFilter, history: 'push' | 'replace') => void;

/** Another filter, at its first page. */
export const changed = (filter: UserFilter, change: Partial<UserFilter>): UserFilter => ({
  ...filter,
  ...change,
  cursor: undefined,
});

export const withFacet = (filter: UserFilter, key: FacetKey, values: string[]) =>
  changed(filter, { facets: { ...filter.facets, [key]: values } });

/** With one value more, or without it where it was chosen. */
export function withValueTurned(filter: UserFilter, key: FacetKey, value: string): UserFilter {
  const values = filter.facets[key];
  return withFacet(filter, key, values.includes(value) ? values.filter((one) => one !== value) : [...values, value]);
}

/** Without facets and the like; what was searched for or pasted stays, and the order. */
export const withoutFilters = ({ search, list, sort, descending }: UserFilter): UserFilter => ({
  ...firstPage,
  search,
  list,
  sort,
  descending,
});

/** How many filters are on, each value for itself. */
export function filtersOn({ facets, changedWithin, outside, ends, unchanged, invited }: UserFilter): number {
  const values = facetKeys.reduce((count, key) => count + facets[key].length, 0);
  const others = [changedWithin, outside || null, ends, unchanged, invited];
  return values + others.filter((one) => one !== null).length;
}

/** Where a filter is found, as the href of a link on the same page. */
export const hrefOf = (filter: UserFilter) => `?${paramsFromFilter(filter)}`;

/** What two filters must share for their numbers to be the same: all but the order and the page. */
export const countsParams = (filter: UserFilter) =>
  paramsFromFilter({ ...filter, sort: 'name', descending: false, cursor: undefined });
