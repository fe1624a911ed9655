'use client';

import { Suspense } from 'react';
import type { UserFilter } from '@/lib/search/filter.ts';
import { later } from '../ui/later.ts';
import type { PeopleList } from './data/people-list.ts';
import type { OnFilter } from './search/narrowing.ts';
import type { Pasting } from './search/pasting.ts';

const NotFoundLine = later(() => import('./search/not-found-line.tsx'));
const PastedList = later(() => import('./search/pasted-list.tsx'));
const PastedNames = later(() => import('./search/pasted-names.tsx'));
const RequestLine = later(() => import('./table/request-line.tsx'));

type ListNotesProps = {
  list: PeopleList;
  /** The filter at hand, which the list may not answer yet. */
  filter: UserFilter;
  pasting: Pasting;
  onFilter: OnFilter;
};

/** What is said about the list above its rows: what became of a pasted list or names, whose change is shown, who is missing. */
export function ListNotes({ list: { listing, rows }, filter, pasting, onFilter }: ListNotesProps) {
  const { page } = listing;
  return (
    <Suspense>
      {(pasting.pasted !== null || listing.filter.list) && (
        <PastedList
          pasted={pasting.pasted}
          filter={filter}
          listing={listing}
          onFilter={onFilter}
          onDone={pasting.forget}
        />
      )}
      {pasting.names.length > 0 && (
        <PastedNames names={pasting.names} filter={filter} onFilter={onFilter} onDone={pasting.forget} />
      )}
      {page.request && <RequestLine entry={page.request} />}
      {page.missing && rows.length > 0 && <NotFoundLine missing={page.missing} />}
    </Suspense>
  );
}
