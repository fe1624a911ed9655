'use client';

import { Suspense } from 'react';
import type { AccountView } from '@/lib/accounts/account.ts';
import type { SortKey, UserFilter } from '@/lib/search/filter.ts';
import type { UserRow } from '@/lib/users/user.ts';
import { whenInUse } from '../live/in-use.ts';
import { beside } from '../ui/beside.tsx';
import { TableCard } from '../ui/card.tsx';
import { later } from '../ui/later.ts';
import type { PeopleList } from './data/people-list.ts';
import { changed, type OnFilter } from './search/narrowing.ts';
import { PeopleTable } from './table/people-table.tsx';
import { UntilAnswered } from './table/until-answered.tsx';
import type { Look } from './table/use-preferences.ts';

const Pager = beside(whenInUse(() => import('./table/pager.tsx')));
const NoRows = later(() => import('./table/list-states.tsx'));
const Elsewhere = later(() => import('./search/elsewhere.tsx'));

type PeopleRowsProps = {
  account: AccountView;
  canChange: boolean;
  list: PeopleList;
  /** The filter at hand, which the list may not answer yet. */
  filter: UserFilter;
  look: Look;
  /** While a pasted list that is not looked up yet stands in their place. */
  isHidden: boolean;
  onFilter: OnFilter;
  onHistory: (user: UserRow, name: string) => void;
};

/** The people found, or why there are none, and the way to more of them. */
export function PeopleRows(props: PeopleRowsProps) {
  const { account, canChange, list, filter, look, isHidden, onFilter, onHistory } = props;
  const { listing, rows, isAnswered } = list;
  const sort = (key: SortKey, descending: boolean) => onFilter(changed(filter, { sort: key, descending }), 'push');
  const hasRows = rows.length > 0 && !isHidden;
  return (
    <>
      <TableCard hidden={isHidden} className="sm:@container/people">
        {rows.length > 0 ? (
          <UntilAnswered isAnswered={isAnswered}>
            <PeopleTable
              account={account}
              rows={rows}
              askedAt={listing.askedAt}
              canChange={canChange}
              preferences={look.preferences}
              search={listing.filter.search}
              sort={filter.sort}
              descending={filter.descending}
              isOld={!isAnswered}
              onSort={sort}
              onHistory={onHistory}
            />
          </UntilAnswered>
        ) : (
          <Suspense>
            <NoRows listing={listing} onFilter={onFilter} />
          </Suspense>
        )}
      </TableCard>
      <Suspense>
        {isAnswered && hasRows && rows.length <= few && isSearchAlone(listing.filter) && (
          <Elsewhere search={listing.filter.search.trim()} className="mt-3 px-1 text-quiet" />
        )}
      </Suspense>
      {hasRows && (
        <Pager page={listing.page} total={list.total} filter={listing.filter} look={look} onFilter={onFilter} />
      )}
    </>
  );
}

/** Where a search finds no more people than this, the operator's other accounts are looked into as well. */
const few = 3;

const isSearchAlone = ({ search, list, cursor }: UserFilter) =>
  search.trim() !== '' && list === null && cursor === undefined;
