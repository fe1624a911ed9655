'use client';

import * as texts from '@/lib/texts/people.ts';
import { nameOf, type UserRow } from '@/lib/users/user.ts';
import type { Marks } from './matched.tsx';
import { SearchedText } from './searched-text.tsx';

type PersonNameProps = {
  user: UserRow;
  hasEmailColumn: boolean;
  /** Kept in its place although the list no longer has the person. */
  ghost: boolean;
  isFaded: boolean;
  marks: Marks | null;
  search: string;
  /** The classes of the bar at the beginning of the row. */
  bar: string;
};

/** Who a row is about: the name, and below it the e-mail, where that has no column of its own. */
export function PersonName({ user, hasEmailColumn, ghost, isFaded, marks, search, bar }: PersonNameProps) {
  const name = nameOf(user);
  return (
    <th scope="row" className={`row-head ${bar} ${isFaded ? 'text-faint' : ''}`}>
      <div className="items-baseline gap-x-2.5 in-data-[density=compact]:sm:flex">
        <div className="one-line min-w-0 overflow-clip font-semibold break-words [overflow-clip-margin:4px]">
          {hasEmailColumn && user.email === name ? (
            <>
              <span aria-hidden="true" className="font-normal text-faint">
                {texts.people.noName}
              </span>
              <span className="sr-only">{name}</span>
            </>
          ) : (
            <SearchedText text={name} marks={marks} search={search} />
          )}
        </div>
        <div className="one-line min-w-24 flex-1 text-small leading-4.5 break-words text-faint empty:hidden">
          {user.email !== name && !hasEmailColumn && <SearchedText text={user.email} marks={marks} search={search} />}
          {ghost && (
            <span className="ms-2 inline-block rounded-full border border-line px-2 align-top leading-4 whitespace-nowrap text-quiet">
              {texts.planCell.ghost}
            </span>
          )}
        </div>
      </div>
    </th>
  );
}
