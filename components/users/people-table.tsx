'use client';

import type { AccountView } from '@/lib/accounts/account.ts';
import * as texts from '@/lib/texts/people.ts';
import type { SortKey, UserFilter } from '@/lib/users/filter.ts';
import { useAcross, useDesk } from './desk-context.tsx';
import { PersonRow } from './person-row.tsx';
import type { ShownRow } from './rows.ts';
import { SortHeading } from './sort-heading.tsx';

type PeopleTableProps = {
  account: AccountView;
  rows: ShownRow[];
  askedAt: number;
  canChange: boolean;
  filter: UserFilter;
  isOld: boolean;
  onSort: (sort: SortKey, descending: boolean) => void;
  onHistory: (userId: string, name: string) => void;
};

/** The people as a plain table; on a phone its rows are drawn as cards with the same control and texts. */
export function PeopleTable(props: PeopleTableProps) {
  const { account, rows, askedAt, canChange, filter, isOld, onSort, onHistory } = props;
  const { hidden } = useDesk();
  useAcross((desk) => desk.hidden.size, 0);
  return (
    <table aria-busy={isOld || undefined} className="w-full table-fixed border-separate border-spacing-0 max-sm:block">
      <caption className="sr-only">{texts.people.caption(account.name)}</caption>
      <thead className="text-[13px] text-faint max-sm:sr-only">
        <tr>
          <SortHeading keys={['name', 'email']} filter={filter} onSort={onSort} className="w-[30%] pl-4" />
          <SortHeading keys={['status']} filter={filter} onSort={onSort} className="w-[16%]" />
          <SortHeading keys={['license']} filter={filter} onSort={onSort} className="w-[38%]" />
          <th scope="col" className="w-[16%] border-b border-line py-1.5 pr-4 text-left font-medium">
            {texts.people.lastChange}
          </th>
        </tr>
      </thead>
      <tbody className="max-sm:block">
        {rows
          .filter(({ user }) => !hidden.has(user.id))
          .map(({ user, ghost }) => (
            <PersonRow
              key={user.id}
              user={user}
              askedAt={askedAt}
              ghost={ghost}
              account={account}
              canChange={canChange}
              onHistory={onHistory}
            />
          ))}
      </tbody>
    </table>
  );
}
