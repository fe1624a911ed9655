import { type FacetKey, facetKeys, noValue, type UserFilter } from '../filter.ts';

/** So many people share these four facts; null where Chime says nothing. */
export type CountCell = Record<FacetKey, string | null> & { people: number };

/** How many people of the cells a filter's facets let through. */
export function totalOf(cells: CountCell[], facets: UserFilter['facets']): number {
  return sum(cells.filter((cell) => facetKeys.every((key) => fits(cell, key, facets))));
}

/** Whether a filter's choice of one fact lets the people of a cell through. */
export const fits = (cell: CountCell, key: FacetKey, facets: UserFilter['facets']) =>
  facets[key].length === 0 || facets[key].includes(cell[key] ?? noValue);

const sum = (cells: CountCell[]) => cells.reduce((total, { people }) => total + people, 0);
