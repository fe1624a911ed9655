'use client';

import type { ReactNode } from 'react';
import { when } from '@/lib/texts/formats.ts';
import * as texts from '@/lib/texts/people.ts';
import type { OptionalColumn } from '@/lib/users/columns.ts';
import type { UserRow } from '@/lib/users/user.ts';
import type { Attempt } from '../../change/attempt.ts';
import { LastChange } from './last-change.tsx';
import type { Marks } from './matched.tsx';
import { SearchedText } from './searched-text.tsx';

type OptionalCellProps = {
  column: OptionalColumn;
  user: UserRow;
  called: string;
  attempt: Attempt;
  marks: Marks | null;
  search: string;
  isHydrated: boolean;
  onHistory: (user: UserRow, name: string) => void;
};

/** What a column that can be chosen shows of a person. */
export function OptionalCell(props: OptionalCellProps): ReactNode {
  const { column, user, called, attempt, marks, search, isHydrated, onHistory } = props;
  switch (column) {
    case 'changed':
      return (
        <td className="row-cell sm:pt-3.75 sm:pb-1.75 in-data-[density=compact]:sm:pt-1.75 in-data-[density=compact]:sm:pb-1">
          <LastChange user={user} name={called} attempt={attempt} isHydrated={isHydrated} onOpen={onHistory} />
        </td>
      );
    case 'email':
      return (
        <Fact
          column={column}
          text={user.email}
          marked={<SearchedText text={user.email} marks={marks} search={search} />}
        />
      );
    case 'type':
      return <Fact column={column} text={texts.userType(user.userType)} />;
    case 'id':
      return <Fact column={column} text={user.id} isCode />;
    case 'registered':
      return <Day column={column} at={user.registeredOn} isHydrated={isHydrated} />;
    case 'invited':
      return <Day column={column} at={user.invitedOn} isHydrated={isHydrated} />;
  }
}

type FactProps = { column: OptionalColumn; text: string | null; title?: string; marked?: ReactNode; isCode?: boolean };

/** A plain fact; on a card it says what it is. */
const Fact = ({ column, text, title, marked = text, isCode = false }: FactProps) => (
  <td
    title={title}
    className={`row-cell row-fact one-line break-words text-quiet ${text ? '' : 'max-sm:hidden'} ${isCode ? 'select-all' : ''}`}
  >
    <span className="text-faint sm:hidden">{texts.columnNames[column]}: </span>
    {marked}
  </td>
);

type DayProps = { column: OptionalColumn; at: string | null; isHydrated: boolean };

/** A day by the reader's clock; the moment with its time zone is under the pointer. */
const Day = ({ column, at, isHydrated }: DayProps) => (
  <Fact
    column={column}
    text={at && when.date(at, isHydrated ? undefined : 'UTC')}
    title={at && isHydrated ? when.exact(at) : undefined}
  />
);
