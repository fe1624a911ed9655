'use client';

import * as texts from '@/lib/texts/people.ts';
import { type SortKey, sortKeys, type UserFilter } from '@/lib/users/filter.ts';
import { Icon } from '../ui/icon.tsx';

type SortProps = { filter: UserFilter; onSort: (sort: SortKey, descending: boolean) => void };

const labels: Record<SortKey, string> = {
  name: texts.people.name,
  email: texts.people.email,
  license: texts.people.plan,
  status: texts.people.status,
  changed: texts.people.lastChange,
  type: texts.people.type,
  registered: texts.people.registered,
  invited: texts.people.invited,
  id: texts.people.id,
};

/** A column heading whose words sort the list. */
export function SortHeading({ keys, filter, onSort, className }: SortProps & { keys: SortKey[]; className: string }) {
  const isSorted = keys.includes(filter.sort);
  return (
    <th
      scope="col"
      aria-sort={isSorted ? (filter.descending ? 'descending' : 'ascending') : undefined}
      className={`border-b border-line py-1.5 pr-4 text-left font-medium ${className}`}
    >
      <span className="flex gap-4">
        {keys.map((key) => {
          const isMine = filter.sort === key;
          return (
            <button
              key={key}
              type="button"
              className={`inline-flex min-h-6 items-center gap-1 rounded hover:text-ink pointer-coarse:min-h-11 ${isMine ? 'text-ink' : ''}`}
              onClick={() => onSort(key, isMine && !filter.descending)}
            >
              {labels[key]}
              <span className={isMine ? '' : 'invisible'}>
                <Icon name={filter.descending ? 'down' : 'up'} size={12} />
              </span>
            </button>
          );
        })}
      </span>
    </th>
  );
}

/** The same on a phone, where the headings are not shown. */
export function SortChoice({ filter, onSort }: SortProps) {
  return (
    <div className="mb-2 flex items-center gap-2 text-[13px] text-quiet sm:hidden">
      <label htmlFor="people-sort">{texts.people.sortBy}</label>
      <select
        id="people-sort"
        value={filter.sort}
        className="h-9 rounded-lg border border-line-strong bg-sheet px-2 pointer-coarse:h-11"
        onChange={(event) => {
          const sort = sortOf(event.currentTarget.value);
          if (sort) onSort(sort, false);
        }}
      >
        {Object.entries(labels).map(([key, label]) => (
          <option key={key} value={key}>
            {label}
          </option>
        ))}
      </select>
      <button
        type="button"
        aria-label={texts.people.turnSort(filter.descending)}
        className="inline-flex h-9 items-center gap-1.5 rounded-lg border border-line-strong bg-sheet px-2.5 pointer-coarse:h-11"
        onClick={() => onSort(filter.sort, !filter.descending)}
      >
        {filter.descending ? texts.people.descending : texts.people.ascending}
        <Icon name={filter.descending ? 'down' : 'up'} size={12} />
      </button>
    </div>
  );
}

const sortOf = (value: string) => sortKeys.find((key) => key === value);
