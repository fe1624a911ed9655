'use client';

import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { nearSpelling } from '@/lib/matching/slips.ts';
import { firstPage, isNarrow, type UserFilter } from '@/lib/search/filter.ts';
import * as filterTexts from '@/lib/texts/filters.ts';
import * as peopleTexts from '@/lib/texts/people.ts';
import * as texts from '@/lib/texts/states.ts';
import { nameOf } from '@/lib/users/user.ts';
import { buttonLook } from '../../ui/button.tsx';
import { Nothing } from '../../ui/card.tsx';
import { isBeingRead } from '../data/being-read.ts';
import { readNear } from '../data/later-reads.ts';
import type { Listing } from '../data/users-query.ts';
import { usePageStore } from '../page-store-context.tsx';
import Elsewhere from '../search/elsewhere.tsx';
import { FilterLink } from '../search/filter-link.tsx';
import { changed, filtersOn, type OnFilter, withoutFilters } from '../search/narrowing.ts';
import { searchBoxId } from '../search/search-box.tsx';

const widths = ['w-40', 'w-52', 'w-36', 'w-44', 'w-48', 'w-32'];

/** What stands where the rows would be: still reading, nobody matches, nobody yet. */
export default function NoRows({ listing, onFilter }: { listing: Listing; onFilter: OnFilter }) {
  const { page, filter } = listing;
  const { freshness } = page;
  if (freshness.asOf === null && page.everyone === 0) {
    if (isBeingRead(freshness)) return <Skeleton syncing={freshness.syncing} />;
    return <Nothing title={texts.listStates.neverRead}>{texts.listStates.neverReadHelp}</Nothing>;
  }
  if (isNarrow(filter)) return <NobodyMatches filter={filter} onFilter={onFilter} />;
  return <Nothing title={texts.listStates.nobodyYet}>{texts.listStates.nobodyYetHelp}</Nothing>;
}

function NobodyMatches({ filter, onFilter }: { filter: UserFilter; onFilter: OnFilter }) {
  const search = filter.search.trim();
  const isFiltered = filtersOn(filter) > 0;
  const toSearch = () => document.getElementById(searchBoxId)?.focus();
  return (
    <div className="px-6 py-12 text-center">
      <p role="status" className="text-larger font-semibold break-words">
        {nobody(filter, search)}
      </p>
      {search !== '' && <Elsewhere search={search} className="mt-4" />}
      {search !== '' && <NearHits search={search} onFilter={onFilter} />}
      <p className="mt-5 flex flex-wrap justify-center gap-2.5">
        {search !== '' && (
          <FilterLink
            to={changed(filter, { search: '' })}
            onFilter={onFilter}
            onClick={toSearch}
            className={buttonLook.plain}
          >
            {peopleTexts.people.searchClear}
          </FilterLink>
        )}
        {search !== '' && filter.list && (
          <FilterLink to={{ ...firstPage, search }} onFilter={onFilter} onClick={toSearch} className={buttonLook.plain}>
            {texts.listStates.searchEveryone}
          </FilterLink>
        )}
        {isFiltered && (
          <FilterLink to={withoutFilters(filter)} onFilter={onFilter} onClick={toSearch} className={buttonLook.plain}>
            {filterTexts.filters.clear}
          </FilterLink>
        )}
      </p>
    </div>
  );
}

/** Says also what narrows the search: without a pasted list or filters it may find somebody. */
function nobody(filter: UserFilter, search: string): string {
  const isFiltered = filtersOn(filter) > 0;
  if (search === '')
    return filter.list && !isFiltered ? texts.listStates.nobodyOfList : texts.listStates.nobodyFiltered;
  if (filter.list) return texts.listStates.nobodyInList(search);
  return isFiltered ? texts.listStates.nobodyFilteredMatches(search) : texts.listStates.nobodyMatches(search);
}

/** People who are called nearly so: a slip of a finger costs one click. */
function NearHits({ search, onFilter }: { search: string; onFilter: OnFilter }) {
  const { accountId } = usePageStore();
  const { data } = useQuery({
    queryKey: ['near', accountId, search],
    queryFn: ({ signal }) => readNear(accountId, search, signal),
    retry: false,
  });
  if (!data || data.near.length === 0) return null;
  const spelt = data.near.map(({ name }) => nearSpelling(search, name ?? '')).find((text) => text !== null);
  return (
    <div className="mt-4">
      <p className="text-quiet">{texts.listStates.near}</p>
      <ul className="mt-1 flex flex-wrap justify-center gap-x-5 gap-y-1">
        {spelt && (
          <li className="basis-full">
            <FilterLink
              to={{ ...firstPage, search: spelt }}
              onFilter={onFilter}
              onClick={() => document.getElementById(searchBoxId)?.focus()}
              className="text-act"
            >
              {texts.listStates.everyoneCalled(spelt)}
            </FilterLink>
          </li>
        )}
        {data.near.map((person) => (
          <li key={person.id}>
            <FilterLink
              to={{ ...firstPage, search: person.email ?? person.name ?? person.id }}
              onFilter={onFilter}
              onClick={() => document.getElementById(searchBoxId)?.focus()}
              className="text-act"
            >
              {nameOf(person)}
            </FilterLink>
            {person.email && person.email !== nameOf(person) && (
              <span className="ms-1.5 text-small text-faint">{person.email}</span>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

const longAfter = 5_000;

function Skeleton({ syncing }: { syncing: Listing['page']['freshness']['syncing'] }) {
  const [isLong, setLong] = useState(false);
  const since = syncing?.since;
  useEffect(() => {
    const age = since ? Date.now() - Date.parse(since) : 0;
    const timer = setTimeout(() => setLong(true), Math.max(0, longAfter - age));
    return () => clearTimeout(timer);
  }, [since]);
  return (
    <div className="px-4 py-3">
      <p role="status" className="pb-2 text-quiet">
        {isLong ? texts.listStates.loadingSo(syncing?.read ?? 0) : texts.listStates.loading}
      </p>
      {widths.map((width) => (
        <div key={width} className="flex items-center gap-8 border-t border-line py-3.5" aria-hidden="true">
          <div className={`skeleton h-4 ${width}`} />
          <div className="skeleton ms-auto h-8.5 w-33" />
        </div>
      ))}
    </div>
  );
}
