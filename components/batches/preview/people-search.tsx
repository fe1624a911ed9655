'use client';

import { longestSearch } from '@/lib/search/filter.ts';
import * as texts from '@/lib/texts/batches.ts';
import { Icon } from '../../ui/icon.tsx';

type PeopleSearchProps = { search: string; onSearch: (search: string) => void };

/** Finds somebody in a group of a batch, to leave them out or to see what became of them. */
export const PeopleSearch = ({ search, onSearch }: PeopleSearchProps) => (
  <search className="relative mt-3 block max-w-96">
    <span className="pointer-events-none absolute start-3 top-2.5 text-faint pointer-coarse:top-3.5">
      <Icon name="search" />
    </span>
    <input
      type="search"
      autoComplete="off"
      spellCheck={false}
      maxLength={longestSearch}
      value={search}
      aria-label={texts.batchPeople.search}
      placeholder={texts.batchPeople.search}
      className="h-9 w-full rounded-lg border border-line-strong bg-sheet ps-9 pe-2 placeholder:text-faint pointer-coarse:h-11 pointer-coarse:text-larger"
      onChange={(event) => onSearch(event.currentTarget.value)}
    />
  </search>
);
