import { type CountCell, fits } from '../search/cells/cells.ts';
import { type ChangedDays, changedDays, type FacetKey, facetKeys, noValue, type UserFilter } from '../search/filter.ts';

/** One value of a fact, `none` where Chime says nothing, and how many people a click on it shows. */
export type FacetCount = { value: string; people: number };

/** The numbers beside the filters, for one filter, as they travel to the browser. */
export type UserCounts = {
  /** People that the filter finds. */
  total: number;
  /** For each fact: its values with the people found when this fact is set to that value alone and all else stays. */
  facets: Record<FacetKey, FacetCount[]>;
  /** People found when "changed in the last N days" is set to N and all else stays. */
  changed: Record<ChangedDays, number>;
  /** People found when "last changed outside Carillon" is set and all else stays. */
  outside: number;
};

/** Each fact's values with their numbers, by name; a fact's own choice does not narrow its own numbers. */
export function facetCounts(cells: CountCell[], facets: UserFilter['facets']): Record<FacetKey, FacetCount[]> {
  const countsOf = (key: FacetKey): FacetCount[] => {
    const others = facetKeys.filter((other) => other !== key);
    const numbers = new Map<string, number>();
    for (const cell of cells) {
      const value = cell[key] ?? noValue;
      const counts = others.every((other) => fits(cell, other, facets)) ? cell.people : 0;
      numbers.set(value, (numbers.get(value) ?? 0) + counts);
    }
    return [...numbers]
      .map(([value, people]) => ({ value, people }))
      .sort((one, other) => one.value.localeCompare(other.value, 'en'));
  };
  return {
    license: countsOf('license'),
    registration: countsOf('registration'),
    invitation: countsOf('invitation'),
    userType: countsOf('userType'),
  };
}

/** The same number for every offered N. */
export function forEachDays(count: (days: ChangedDays) => number): Record<ChangedDays, number> {
  const [one, seven, thirty] = changedDays;
  return { [one]: count(one), [seven]: count(seven), [thirty]: count(thirty) };
}
