'use client';

import { useCallback } from 'react';
import type { UserCounts } from '@/lib/counts/counts.ts';
import type { PageSize, UserFilter } from '@/lib/search/filter.ts';
import type { UsersPage } from '@/lib/search/page.ts';
import type { PageStore } from '../page-store.ts';
import type { ShownRow } from '../table/shown-rows.ts';
import { type Numbers, useCounts } from './counts-query.ts';
import { type Listing, useShownRows, useSpokenCount, useUsers } from './users-query.ts';

/** What the server has drawn. */
type Initial = { filter: UserFilter; page: UsersPage; counts: UserCounts | null; size: PageSize };

export type PeopleList = {
  listing: Listing;
  rows: ShownRow[];
  /** False while the rows are those of an earlier filter. */
  isAnswered: boolean;
  numbers: Numbers;
  /** How many people match; null while that is not known. */
  total: number | null;
  /** Null unless the last read has failed. */
  retry: (() => void) | null;
};

/** The people who match a filter, a page at a time, and the numbers beside the filters. */
export function usePeopleList(store: PageStore, filter: UserFilter, size: PageSize, initial: Initial): PeopleList {
  const { listing, isAnswered, query } = useUsers(store, filter, size, {
    page: initial.page,
    filter: initial.filter,
    askedAt: 0,
    size: initial.size,
  });
  const rows = useShownRows(store, listing);
  const numbers = useCounts(store, filter, initial, isAnswered);
  const total = listing.page.total ?? (isAnswered && !numbers.isOld ? (numbers.counts?.total ?? null) : null);
  useSpokenCount(store, filter.search, isAnswered ? total : null);

  const { refetch } = query;
  const retry = useCallback(() => void refetch(), [refetch]);
  return { listing, rows, isAnswered, numbers, total, retry: query.isError ? retry : null };
}
