'use client';

import type { SortKey } from '@/lib/search/filter.ts';
import * as texts from '@/lib/texts/people.ts';
import { Icon } from '../../ui/icon.tsx';

export type Sorting = { sort: SortKey; descending: boolean };
export type OnSort = (sort: SortKey, descending: boolean) => void;

export type SortProps = Sorting & { onSort: OnSort };

/** Of what happened, the latest is wanted first. */
export const beginsDescending = (key: SortKey) => key === 'changed' || key === 'registered' || key === 'invited';

type SortHeadingProps = SortProps & { keys: SortKey[]; className?: string };

/** A column heading whose words sort the list. */
export function SortHeading({ keys, sort, descending, onSort, className = '' }: SortHeadingProps) {
  const isSorted = keys.includes(sort);
  return (
    <th
      scope="col"
      aria-sort={isSorted ? (descending ? 'descending' : 'ascending') : undefined}
      className={`border-b border-line py-1.5 pe-4 text-start align-bottom font-medium ${className}`}
    >
      <span className="flex gap-4">
        {keys.map((key) => {
          const isMine = sort === key;
          return (
            <button
              key={key}
              type="button"
              className={`inline-flex min-h-6 items-center gap-1 rounded text-start hover:text-ink pointer-coarse:min-h-11 ${isMine ? 'text-ink' : ''}`}
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
