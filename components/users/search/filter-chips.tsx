'use client';

import { useEffect, useRef } from 'react';
import { facetKeys, type UserFilter } from '@/lib/search/filter.ts';
import * as texts from '@/lib/texts/filters.ts';
import { Icon } from '../../ui/icon.tsx';
import { FilterLink } from './filter-link.tsx';
import { nameOfValue } from './filter-values.ts';
import { changed, type OnFilter, withoutFilters, withValueTurned } from './narrowing.ts';
import { searchBoxId } from './search-box.tsx';

type FilterChipsProps = { filter: UserFilter; onFilter: OnFilter };

/** Every filter that is on, each with its way off. */
export function FilterChips({ filter, onFilter }: FilterChipsProps) {
  const list = useRef<HTMLUListElement>(null);
  const removed = useRef<{ place: number; of: number } | null>(null);
  const chips = chipsOf(filter);

  // The focus was on what is gone now: on to the chip in its place, or back to the search after the last one.
  useEffect(() => {
    if (removed.current === null || chips.length >= removed.current.of) return; // the list of before, drawn once more
    const links = list.current?.querySelectorAll('a') ?? [];
    const next = links[Math.min(removed.current.place, links.length - 2)];
    (next ?? document.getElementById(searchBoxId))?.focus();
    removed.current = null;
  });

  if (chips.length === 0) return null;
  return (
    <ul ref={list} aria-label={texts.filters.active} className="sideways flex items-center gap-2 sm:flex-wrap">
      {chips.map(({ name, without }, place) => (
        <li key={name}>
          <FilterLink
            to={without}
            onFilter={onFilter}
            aria-label={texts.filters.remove(name)}
            className="inline-flex min-h-7 items-center gap-1.5 rounded-full border border-line-strong bg-sheet pe-2 ps-3 text-small break-words hover:bg-hover pointer-coarse:min-h-11"
            onClick={() => {
              removed.current = { place, of: chips.length };
            }}
          >
            {name}
            <Icon name="cross" size={12} />
          </FilterLink>
        </li>
      ))}
      <li>
        <FilterLink
          to={withoutFilters(filter)}
          onFilter={onFilter}
          className="text-act text-small"
          onClick={() => document.getElementById(searchBoxId)?.focus()}
        >
          {texts.filters.clear}
        </FilterLink>
      </li>
    </ul>
  );
}

function chipsOf(filter: UserFilter): { name: string; without: UserFilter }[] {
  const { changedWithin, outside } = filter;
  return [
    ...facetKeys.flatMap((key) =>
      filter.facets[key].map((value) => ({
        name: texts.filters.chip(texts.filters.facet[key], nameOfValue(key, value)),
        without: withValueTurned(filter, key, value),
      })),
    ),
    ...(changedWithin === null
      ? []
      : [{ name: texts.filters.changedChip(changedWithin), without: changed(filter, { changedWithin: null }) }]),
    ...(outside ? [{ name: texts.filters.outside, without: changed(filter, { outside: false }) }] : []),
    ...texts.timeFilters(filter).map(({ key, name }) => ({ name, without: changed(filter, { [key]: null }) })),
  ];
}
