'use client';

import * as texts from '@/lib/texts/people.ts';
import { type SortKey, sortKeys } from '@/lib/users/filter.ts';
import { Icon } from '../ui/icon.tsx';

export type Sorting = { sort: SortKey; descending: boolean };
export type OnSort = (sort: SortKey, descending: boolean) => void;

type SortProps = Sorting & { onSort: OnSort };

/** Of what happened, the latest is wanted first. */
const beginsDescending = (key: SortKey) => key === 'changed' || key === 'registered' || key === 'invited';

/** A column heading whose words sort the list. */
export function SortHeading(props: SortProps & { keys: SortKey[]; className?: string; width: string }) {
  const { keys, sort, descending, onSort, className = '', width } = props;
  const isSorted = keys.includes(sort);
  return (
    <th
      scope="col"
      aria-sort={isSorted ? (descending ? 'descending' : 'ascending') : undefined}
      style={{ width }}
      className={`border-b border-line py-1.5 pr-4 text-left align-bottom font-medium ${className}`}
    >
      <span className="flex gap-4">
        {keys.map((key) => {
          const isMine = sort === key;
          return (
            <button
              key={key}
              type="button"
              className={`inline-flex min-h-6 items-center gap-1 rounded text-left hover:text-ink pointer-coarse:min-h-11 ${isMine ? 'text-ink' : ''}`}
              onClick={() => onSort(key, isMine ? !descending : beginsDescending(key))}
            >
              {texts.columnNames[key]}
              <span className={isMine ? '' : 'invisible'}>
                <Icon name={descending ? 'down' : 'up'} size={12} />
              </span>
            </button>
          );
        })}
      </span>
    </th>
  );
}

/** The same on a phone, where the headings are not shown. */
export function SortChoice({ sort, descending, onSort }: SortProps) {
  const [up, down] = texts.directions(sort);
  const [now, then] = descending ? [down, up] : [up, down];
  return (
    <div className="mb-2 flex items-center gap-2 text-[13px] text-quiet sm:hidden">
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
