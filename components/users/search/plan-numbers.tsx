'use client';

import type { License } from '@/lib/licenses/license.ts';
import type { UserFilter } from '@/lib/search/filter.ts';
import * as texts from '@/lib/texts/filters.ts';
import type { Numbers } from '../data/counts-query.ts';
import { FilterLink } from './filter-link.tsx';
import { FilterNumber } from './filter-number.tsx';
import { type FacetValue, facetValues, nameOfValue } from './filter-values.ts';
import { type OnFilter, withFacet } from './narrowing.ts';

export type FilterFacts = { filter: UserFilter; numbers: Numbers; supported: License[]; onFilter: OnFilter };

/** How many people have which plan, always in sight; each number leads to exactly those people. */
export function PlanNumbers({ filter, numbers, supported, onFilter }: FilterFacts) {
  const chosen = filter.facets.license;
  const values = facetValues('license', filter, numbers.counts, supported);
  const isCounted = numbers.counts !== null;
  const everyone = isCounted ? values.reduce((sum, { people }) => sum + (people ?? 0), 0) : null;
  const plan = ({ value, people }: FacetValue) => ({
    key: value,
    name: nameOfValue('license', value),
    people,
    values: [value],
    isChosen: chosen.includes(value),
  });
  const all = { key: '', name: texts.filters.all, people: everyone, values: [], isChosen: chosen.length === 0 };
  return (
    <nav aria-label={texts.filters.plans}>
      <ul className="sideways flex gap-1 sm:flex-wrap">
        {[all, ...values.map(plan)].map(({ key, name, people, values: to, isChosen }) => (
          <li key={key}>
            <FilterLink
              to={withFacet(filter, 'license', to)}
              onFilter={onFilter}
              aria-current={isChosen || undefined}
              className="inline-flex min-h-7 items-center gap-1.5 rounded-full -outline-offset-2 border border-transparent px-2.5 text-quiet hover:bg-sheet hover:text-ink aria-[current]:border-bell aria-[current]:bg-bell-soft aria-[current]:font-semibold aria-[current]:text-bell pointer-coarse:min-h-11"
            >
              {name}
              <FilterNumber people={people} isOld={numbers.isOld} />
            </FilterLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}
