'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { type PageSize, paramsFromFilter, type UserFilter } from '@/lib/search/filter.ts';
import type { UsersPage } from '@/lib/search/page.ts';
import * as texts from '@/lib/texts/people.ts';
import type { PageStore } from '../page-store.ts';
import { mergeRows, type ShownRow } from '../table/shown-rows.ts';
import { isBeingRead } from './being-read.ts';
import { readUsers } from './reads.ts';

/** A page of people, and the filter it answers: while the next one is on its way, that is not the filter at hand. */
export type Listing = { page: UsersPage; filter: UserFilter; askedAt: number };

const whileReading = 1_500;
const whileSlow = 10_000;
const otherwise = 60_000;

/**
 * How soon to look again by ourselves: where the page is not told of a change that is on its way, or of each page of a
 * listing, or where Chime may still slow us down.
 */
function lookAgainAfter({ users, freshness, slowedTo }: UsersPage, isTold: boolean): number {
  if (!isTold && users.some(({ open }) => open)) return whileReading;
  if (isBeingRead(freshness)) return isTold ? whileSlow : whileReading; // nobody tells us that no worker is there
  return slowedTo === null ? otherwise : whileSlow;
}

export const usersKey = (accountId: string) => ['users', accountId];

/** One page of people. The older request is aborted by the newer; the rows before it stay until the new ones are here. */
export function useUsers(store: PageStore, filter: UserFilter, size: PageSize, initial: Listing & { size: PageSize }) {
  const params = paramsFromFilter(filter);
  const query = useQuery<Listing>({
    queryKey: [...usersKey(store.accountId), params, size],
    queryFn: async ({ signal }) => {
      const askedAt = Date.now();
      const page = await readUsers(store.accountId, filter, size, signal);
      store.ask((engine) => engine.dispatchStatus({ type: 'signed-in' }));
      return { page, filter, askedAt };
    },
    initialData: params === paramsFromFilter(initial.filter) && size === initial.size ? initial : undefined,
    placeholderData: keepPreviousData,
    staleTime: 10_000,
    refetchInterval: ({ state }) => (state.data ? lookAgainAfter(state.data.page, store.live.get()) : otherwise),
    retry: 1,
  });

  const { data, error, isPlaceholderData } = query;
  const last = useRef<Listing>(initial); // where a read fails, what was there before stays
  if (data) last.current = data;
  useEffect(() => {
    if (data) store.ask((engine) => engine.seeList(data.page.users, data.askedAt));
  }, [data, store]);
  useEffect(() => {
    if (error) store.ask((engine) => engine.onReadError(error));
  }, [error, store]);

  return { listing: data ?? last.current, isAnswered: data !== undefined && !isPlaceholderData, query };
}

/** The rows to show: a read in the background leaves those being worked on in their place. */
export function useShownRows(store: PageStore, listing: Listing): ShownRow[] {
  const shown = useRef<{ listing: Listing; rows: ShownRow[] } | null>(null);
  const before = shown.current;
  const rows = before?.listing === listing ? before.rows : rowsAfter(store, before, listing);
  shown.current = { listing, rows };

  // The list says nothing of those who are only kept in their place: what they have now is read for themselves.
  const ghosts = rows.flatMap(({ user, ghost }) => (ghost ? [user.id] : [])).join(',');
  useEffect(() => {
    for (const userId of ghosts.split(',')) if (userId) store.ask((engine) => void engine.lookAnew(userId));
  }, [store, ghosts]);
  return rows;
}

const spokenAfter = 700;

/** Says how many people a search found, once the typing has stopped. */
export function useSpokenCount(store: PageStore, search: string, total: number | null) {
  const spoken = useRef(search);
  useEffect(() => {
    if (total === null || spoken.current === search) return;
    const timer = setTimeout(() => {
      spoken.current = search;
      if (search !== '') store.ask((engine) => engine.announcer.sayText(texts.people.found(total)));
    }, spokenAfter);
    return () => clearTimeout(timer);
  }, [store, search, total]);
}

function rowsAfter(
  store: PageStore,
  before: { listing: Listing; rows: ShownRow[] } | null,
  listing: Listing,
): ShownRow[] {
  const isSame = before !== null && paramsFromFilter(before.listing.filter) === paramsFromFilter(listing.filter);
  return isSame
    ? mergeRows(before.rows, listing.page.users, workedOnBy(store))
    : mergeRows([], listing.page.users, nobody);
}

const nobody = () => false;

/** Who must not move: whose list is open, who has the focus, and whose row says something. */
function workedOnBy(store: PageStore): (userId: string) => boolean {
  const focused = document.activeElement?.closest('tr[data-person]')?.getAttribute('data-person');
  const atHand = store.list.get()?.userId ?? focused;
  return (userId) => userId === atHand || store.attempts.get(userId).stage.is !== 'resting';
}
