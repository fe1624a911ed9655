'use client';

import { Suspense, useCallback, useDeferredValue, useMemo, useState, useSyncExternalStore } from 'react';
import type { AccountView } from '@/lib/accounts/account.ts';
import type { UserCounts } from '@/lib/counts/counts.ts';
import type { Preferences } from '@/lib/preferences/preferences.ts';
import type { SortKey, UserFilter } from '@/lib/search/filter.ts';
import type { UsersPage } from '@/lib/search/page.ts';
import * as texts from '@/lib/texts/people.ts';
import type { UserRow } from '@/lib/users/user.ts';
import type { View } from '@/lib/views/view.ts';
import { beside } from '../ui/beside.tsx';
import { TextButton } from '../ui/button.tsx';
import { useHydrated } from '../ui/hydrated.ts';
import { later } from '../ui/later.ts';
import type { Actions } from './actions.ts';
import { uncounted, useCounts } from './data/counts-query.ts';
import { exportAddress } from './data/reads.ts';
import { useShownRows, useSpokenCount, useUsers } from './data/users-query.ts';
import { createPageStore, type PageOperator } from './page-store.ts';
import { PageStoreProvider } from './page-store-context.tsx';
import { useFilterAddress } from './search/filter-address.ts';
import { changed } from './search/narrowing.ts';
import { usePasting } from './search/pasting.ts';
import { SearchBox } from './search/search-box.tsx';
import { useHasSingleKeys } from './shortcuts/single-keys.ts';
import { PeopleTable } from './table/people-table.tsx';
import { usePreferences } from './table/table-look.ts';
import { UntilAnswered } from './table/until-answered.tsx';

const ChangeEngineParts = later(() => import('./change/change-engine.tsx'));
const FreshnessLine = beside(() => import('./notices/freshness.tsx'));
const Banners = beside(() => import('./notices/banners.tsx'));
const Filters = beside(() => import('./search/filters.tsx'), <div className="h-21" />);
const NotFoundLine = later(() => import('./search/not-found-line.tsx'));
const PastedList = later(() => import('./search/pasted-list.tsx'));
const PastedNames = later(() => import('./search/pasted-names.tsx'));
const RequestLine = later(() => import('./table/request-line.tsx'));
const Pager = beside(() => import('./table/pager.tsx'));
const NoRows = later(() => import('./table/list-states.tsx'));
const Elsewhere = later(() => import('./search/elsewhere.tsx'));
const HistoryPanel = later(() => import('./person/history-panel.tsx'));
const KeysHelp = later(() => import('./shortcuts/keys-help.tsx'));

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
  const { account, canChange, operator, initialFilter, initialPage, actions, retired = false } = props;
  const [store] = useState(() =>
    createPageStore({
      accountId: account.id,
      operator,
      actions,
      supported: account.supportedLicenses,
      chooses: props.canChoose,
      retired,
    }),
  );
  const [filter, setFilter] = useFilterAddress(initialFilter);
  const look = usePreferences(props.initialPreferences, actions.savePreferences);
  const { listing, isAnswered, query } = useUsers(store, filter, look.preferences.pageSize, {
    page: initialPage,
    filter: initialFilter,
    askedAt: 0,
    size: props.initialPreferences.pageSize,
  });
  const { page } = listing;
  const rows = useShownRows(store, listing);
  const numbers = useCounts(store, filter, { filter: initialFilter, counts: props.initialCounts }, isAnswered);
  const total = page.total ?? (isAnswered && !numbers.isOld ? (numbers.counts?.total ?? null) : null);
  const pasting = usePasting();
  const [history, setHistory] = useState<{ user: UserRow; name: string } | null>(null);
  const [isHelpOpen, setHelpOpen] = useState(false);
  const openHelp = useCallback(() => setHelpOpen(true), []);
  const openHistory = useCallback((user: UserRow, name: string) => setHistory({ user, name }), []);
  const historyOf = history && (rows.find(({ user }) => user.id === history.user.id)?.user ?? history.user);
  const hasKeys = useHasSingleKeys();
  const isHydrated = useHydrated();
  const { signedOut } = useSyncExternalStore(store.pageStatus.subscribe, store.pageStatus.get, store.pageStatus.get);
  useSpokenCount(store, filter.search, isAnswered ? total : null);

  const { refetch } = query;
  const retry = useCallback(() => void refetch(), [refetch]);
  const search = (text: string) => setFilter(changed(filter, { search: text }), 'replace');
  const paste = (text: string) => {
    const kind = pasting.paste(text);
    if (kind === 'names' && filter.list) setFilter(changed(filter, { list: null }), 'push'); // they are no part of that list
    return kind !== 'search';
  };
  const sort = (key: SortKey, descending: boolean) => setFilter(changed(filter, { sort: key, descending }), 'push');

  // Behind the rows: what is drawn later delays no keystroke, and leaves the filters drawn by the server until theirs are here.
  const isKnown = page.everyone > 0 || page.freshness.asOf !== null; // before the first listing, 0 people is no number
  const filtered = useDeferredValue(
    useMemo(() => ({ filter, numbers: isKnown ? numbers : uncounted }), [filter, numbers, isKnown]),
  );

  return (
    <PageStoreProvider value={store}>
      <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
        <h1 className="text-title leading-7 font-semibold tracking-[-0.015em]">{texts.people.title}</h1>
        <FreshnessLine everyone={page.everyone} freshness={page.freshness} slowedTo={page.slowedTo} />
        <div className="flex gap-5 sm:ms-auto">
          <a className="text-act font-normal! text-quiet" href={exportAddress(account.id, filter)} download>
            {texts.people.exportList}
          </a>
          <TextButton className="font-normal! text-quiet pointer-coarse:hidden" onClick={openHelp}>
            {texts.people.keys}
          </TextButton>
        </div>
      </div>
      <Banners
        account={account}
        asOf={page.freshness.asOf}
        failedEndings={page.failedEndings}
        filter={filtered.filter}
        canChange={canChange}
        onFilter={setFilter}
        onRetry={query.isError && !signedOut ? retry : null}
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
      <Suspense>
        {(pasting.pasted !== null || listing.filter.list) && (
          <PastedList
            pasted={pasting.pasted}
            filter={filter}
            listing={listing}
            onFilter={setFilter}
            onDone={pasting.forget}
          />
        )}
        {pasting.names.length > 0 && (
          <PastedNames names={pasting.names} filter={filter} onFilter={setFilter} onDone={pasting.forget} />
        )}
        {page.request && <RequestLine entry={page.request} />}
        {page.missing && rows.length > 0 && <NotFoundLine missing={page.missing} />}
      </Suspense>
      <div
        hidden={pasting.pasted !== null}
        className="overflow-clip rounded-xl border border-line bg-sheet sm:@container/people"
      >
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
              onHistory={openHistory}
            />
          </UntilAnswered>
        ) : (
          <Suspense>
            <NoRows listing={listing} onFilter={setFilter} />
          </Suspense>
        )}
      </div>
      <Suspense>
        {isAnswered &&
          rows.length > 0 &&
          rows.length <= few &&
          pasting.pasted === null &&
          isSearchAlone(listing.filter) && (
            <Elsewhere search={listing.filter.search.trim()} className="mt-3 px-1 text-quiet" />
          )}
      </Suspense>
      {rows.length > 0 && pasting.pasted === null && (
        <Pager page={page} total={total} filter={listing.filter} look={look} onFilter={setFilter} />
      )}
      <Suspense>
        {isHydrated && (
          <ChangeEngineParts
            supported={account.supportedLicenses}
            listing={listing}
            rows={rows}
            total={isAnswered ? total : null}
            onHelp={openHelp}
            onSearch={search}
          />
        )}
      </Suspense>
      <Suspense>
        {history && historyOf && (
          <HistoryPanel
            user={historyOf}
            askedAt={listing.askedAt}
            name={history.name}
            canNote={canChange}
            canChange={canChange && !account.directoryManaged}
            onClose={() => setHistory(null)}
          />
        )}
        {isHelpOpen && <KeysHelp onClose={() => setHelpOpen(false)} />}
      </Suspense>
    </PageStoreProvider>
  );
}

/** Where a search finds no more people than this, the operator's other accounts are looked into as well. */
const few = 3;

const isSearchAlone = ({ search, list, cursor }: UserFilter) =>
  search.trim() !== '' && list === null && cursor === undefined;
