'use client';

import { sortKeys } from '@/lib/search/filter.ts';
import * as texts from '@/lib/texts/people.ts';
import { Icon } from '../../ui/icon.tsx';
import { beginsDescending, type SortProps } from './sort-heading.tsx';

/** The order of the list on a phone, where the headings are not shown. */
export function SortChoice({ sort, descending, onSort }: SortProps) {
  const [up, down] = texts.directions(sort);
  const [now, then] = descending ? [down, up] : [up, down];
  return (
    <div className="flex items-center gap-2 text-small text-quiet sm:hidden">
      <label htmlFor="people-sort">{texts.people.sortBy}</label>
      <select
        id="people-sort"
        value={sort}
        className="h-9 min-w-0 rounded-lg border border-line-strong bg-sheet px-2 pointer-coarse:h-11"
        onChange={(event) => {
          const key = sortKeys.find((one) => one === event.currentTarget.value);
          if (key) onSort(key, beginsDescending(key));
        }}
      >
        {sortKeys.map((key) => (
          <option key={key} value={key}>
            {texts.columnNames[key]}
          </option>
        ))}
      </select>
      <button
        type="button"
        aria-label={texts.people.turnSort(now, then)}
        className="inline-flex h-9 items-center gap-1.5 rounded-lg border border-line-strong bg-sheet px-2.5 whitespace-nowrap pointer-coarse:h-11"
        onClick={() => onSort(sort, !descending)}
      >
        {now}
        <Icon name={descending ? 'down' : 'up'} size={12} />
      </button>
    </div>
  );
}
