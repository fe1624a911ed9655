'use client';

import { useEffect, useState } from 'react';
import { changedDays, type FacetKey, noValue } from '@/lib/search/filter.ts';
import * as texts from '@/lib/texts/filters.ts';
import { FilterLink } from './filter-link.tsx';
import { FilterNumber } from './filter-number.tsx';
import { facetValues, nameOfValue } from './filter-values.ts';
import { changed, withFacet, withValueTurned } from './narrowing.ts';
import type { FilterFacts } from './plan-numbers.tsx';

const line = 'flex min-h-9 items-center rounded-lg hover:bg-hover pointer-coarse:min-h-11';
const numberLook =
  'grid min-h-7 min-w-11 items-center justify-items-end rounded px-2 text-quiet hover:text-ink hover:underline pointer-coarse:min-h-11';

/** The values of one fact: a box for each, so that several can be chosen; its number chooses that value alone. */
export function FacetChoices({ facet, filter, numbers, supported, onFilter }: FilterFacts & { facet: FacetKey }) {
  const now = filter.facets[facet];
  const [chosen, setChosen] = useState(now); // ticked at once; what is drawn from the filter comes a moment later
  useEffect(() => setChosen(now), [now]);

  const values = facetValues(facet, filter, numbers.counts, supported);
  const lines = values.map(({ value, people }) => {
    const name = nameOfValue(facet, value);
    return (
      <div key={value} className={line}>
        <label className="flex min-h-9 min-w-0 flex-1 items-center gap-2.5 px-2.5 break-words">
          <input
            type="checkbox"
            checked={chosen.includes(value)}
            className="size-4 shrink-0 accent-bell pointer-coarse:size-5"
            onChange={() => {
              const to = withValueTurned({ ...filter, facets: { ...filter.facets, [facet]: chosen } }, facet, value);
              setChosen(to.facets[facet]);
              onFilter(to, 'push');
            }}
          />
          {name}
        </label>
        {people !== null && (
          <FilterLink
            to={withFacet(filter, facet, [value])}
            onFilter={onFilter}
            aria-label={numbers.isOld ? undefined : `${texts.filters.only(name)}, ${texts.filters.people(people)}`}
            className={numberLook}
          >
            <FilterNumber people={people} isOld={numbers.isOld} />
          </FilterLink>
        )}
      </div>
    );
  });
  if (values.every(({ value }) => value !== noValue)) return lines;
  return (
    <>
      {lines}
      <p className="px-2.5 pt-1 pb-1.5 text-small text-quiet">{texts.filters.noDataHelp}</p>
    </>
  );
}

/** In which time the plan was last changed: one of them, or any. */
export function ChangedChoices({ filter, numbers, onFilter }: FilterFacts) {
  const choices = [
    { days: null, name: texts.filters.changedAnyTime, people: null },
    ...changedDays.map((days) => ({
      days,
      name: texts.filters.changedWithin(days),
      people: numbers.counts?.changed[days] ?? null,
    })),
  ];
  return choices.map(({ days, name, people }) => (
    <FilterLink
      key={name}
      to={changed(filter, { changedWithin: days })}
      onFilter={onFilter}
      aria-current={filter.changedWithin === days || undefined}
      className={`${line} justify-between gap-6 px-2.5 aria-[current]:bg-bell-soft aria-[current]:font-semibold aria-[current]:text-bell`}
    >
      {name}
      <span className="text-quiet">
        <FilterNumber people={people} isOld={numbers.isOld} />
      </span>
    </FilterLink>
  ));
}
