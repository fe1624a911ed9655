'use client';

import { Suspense, useDeferredValue, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type { AccountView } from '@/lib/accounts/account.ts';
import type { UserCounts } from '@/lib/counts/counts.ts';
import type { Preferences } from '@/lib/preferences/preferences.ts';
import type { UserFilter } from '@/lib/search/filter.ts';
import type { UsersPage } from '@/lib/search/page.ts';
import type { View } from '@/lib/views/view.ts';
import { startUse, whenInUse } from '../live/in-use.ts';
import { beside } from '../ui/beside.tsx';
import { useHydrated } from '../ui/hydrated.ts';
import { later } from '../ui/later.ts';
import type { Actions } from './actions.ts';
import { isAnyChoiceKept } from './change/kept-place.ts';
import { uncounted } from './data/counts-query.ts';
import { type PeopleList, usePeopleList } from './data/people-list.ts';
import { ListNotes } from './list-notes.tsx';
import { createPageStore, type PageOperator } from './page-store.ts';
import { PageStoreProvider } from './page-store-context.tsx';
import { Panels, usePanels } from './panels.tsx';
import { PeopleHeading } from './people-heading.tsx';
import { PeopleRows } from './people-rows.tsx';
import { useFilterAddress } from './search/filter-address.ts';
import { changed } from './search/narrowing.ts';
import { usePasting } from './search/pasting.ts';
import { SearchBox } from './search/search-box.tsx';
import { useHasSingleKeys } from './shortcuts/single-keys.ts';
import { usePreferences } from './table/use-preferences.ts';

const Following = later(() => import('./data/following.tsx'));
const ChangeParts = later(whenInUse(() => import('./change/change-parts.tsx')));
const Banners = beside(whenInUse(() => import('./notices/banners.tsx')));
const Filters = beside(
  whenInUse(() => import('./search/filters.tsx')),
  <div className="h-21" />,
);

export type PeopleProps = {
  account: AccountView;
  canChange: boolean;
  /** Whether the operator may change the plans of many together. */
  canChoose: boolean;
  operator: PageOperator;
  initialFilter: UserFilter;
  initialPage: UsersPage;
  /** Null where they would have kept the page waiting. */
  initialCounts: UserCounts | null;
  initialViews: View[];
  initialPreferences: Preferences;
  actions: Actions;
  retired?: boolean;
};

/** The people of an account and their plans: find a person, change the plan, see what became of it. */
export function People(props: PeopleProps) {
  const { account, canChange, initialFilter, initialPage, initialPreferences } = props;
  const [store] = useState(() => pageStoreOf(props));
  const [filter, setFilter] = useFilterAddress(initialFilter);
  const look = usePreferences(initialPreferences, props.actions.savePreferences);
  const list = usePeopleList(store, filter, look.preferences.pageSize, {
    filter: initialFilter,
    page: initialPage,
    counts: props.initialCounts,
    size: initialPreferences.pageSize,
  });
  const { listing, isAnswered } = list;
  const { page } = listing;
  const pasting = usePasting();
  const panels = usePanels();
  const hasKeys = useHasSingleKeys();
  const isHydrated = useHydrated();
  const { signedOut } = useSyncExternalStore(store.pageStatus.subscribe, store.pageStatus.get, store.pageStatus.get);

  const search = (text: string) => setFilter(changed(filter, { search: text }), 'replace');
  const paste = (text: string) => {
    const kind = pasting.paste(text);
    if (kind === 'names' && filter.list) setFilter(changed(filter, { list: null }), 'push'); // they are no part of that list
    return kind !== 'search';
  };
  const filtered = useFilteredLater(filter, list);
  useEffect(() => {
    if (isAnyChoiceKept()) startUse(); // it is asked about at once
  }, []);

  return (
    <PageStoreProvider value={store}>
      <PeopleHeading account={account} page={page} filter={filter} onHelp={panels.openHelp} />
      <Banners
        account={account}
        asOf={page.freshness.asOf}
        failedEndings={page.failedEndings}
        filter={filtered.filter}
        canChange={canChange}
        onFilter={setFilter}
        onRetry={signedOut ? null : list.retry}
      />
      <div className="mt-4 mb-2.5">
        <SearchBox search={filter.search} isAnswered={isAnswered} hasKeys={hasKeys} onSearch={search} onPaste={paste} />
      </div>
      <Filters
        {...filtered}
        supported={account.supportedLicenses}
        initialViews={props.initialViews}
        look={look}
        onFilter={setFilter}
      />
      <ListNotes list={list} filter={filter} pasting={pasting} onFilter={setFilter} />
      <PeopleRows
        account={account}
        canChange={canChange}
        list={list}
        filter={filter}
        look={look}
        isHidden={pasting.pasted !== null}
        onFilter={setFilter}
        onHistory={panels.openHistory}
      />
      <Suspense>{isHydrated && <Following listing={listing} />}</Suspense>
      <Suspense>
        {isHydrated && (
          <ChangeParts
            supported={account.supportedLicenses}
            listing={listing}
            rows={list.rows}
            total={isAnswered ? list.total : null}
            onHelp={panels.openHelp}
            onSearch={search}
          />
        )}
      </Suspense>
      <Panels panels={panels} list={list} account={account} canChange={canChange} />
    </PageStoreProvider>
  );
}

/** Behind the rows: what is drawn later delays no keystroke, and leaves the filters drawn by the server until theirs are here. */
function useFilteredLater(filter: UserFilter, { listing: { page }, numbers }: PeopleList) {
  const isKnown = page.everyone > 0 || page.freshness.asOf !== null; // before the first listing, 0 people is no number
  return useDeferredValue(
    useMemo(() => ({ filter, numbers: isKnown ? numbers : uncounted }), [filter, numbers, isKnown]),
  );
}

const pageStoreOf = ({ account, operator, actions, canChoose, retired = false }: PeopleProps) =>
  createPageStore({
    accountId: account.id,
    operator,
    actions,
    supported: account.supportedLicenses,
    chooses: canChoose,
    retired,
  });
