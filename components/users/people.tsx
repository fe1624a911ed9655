'use client';

import { Suspense, useCallback, useState, useSyncExternalStore } from 'react';
import type { AccountView } from '@/lib/accounts/account.ts';
import * as texts from '@/lib/texts/people.ts';
import * as words from '@/lib/texts/words.ts';
import type { SortKey, UserFilter } from '@/lib/users/filter.ts';
import type { UsersPage } from '@/lib/users/page.ts';
import { TextButton } from '../ui/button.tsx';
import { useHydrated } from '../ui/hydrated.ts';
import { later } from '../ui/later.ts';
import { Notice } from '../ui/notice.tsx';
import type { Actions } from './actions.ts';
import { Banners } from './banners.tsx';
import { createDesk } from './desk.ts';
import { DeskProvider } from './desk-context.tsx';
import { useFilterAddress } from './filter-address.ts';
import { FreshnessLine } from './freshness.tsx';
import { Pager } from './pager.tsx';
import { PeopleTable } from './people-table.tsx';
import { exportAddress } from './reads.ts';
import { SearchBox } from './search-box.tsx';
import { useHasSingleKeys } from './single-keys.ts';
import { SortChoice } from './sort-heading.tsx';
import { useShownRows, useSpokenCount, useUsers } from './users-query.ts';

const WorkbenchParts = later(() => import('./workbench.tsx'));
const NoRows = later(() => import('./list-states.tsx'));
const HistoryPanel = later(() => import('./history-panel.tsx'));
const KeysHelp = later(() => import('./keys-help.tsx'));

export type PeopleProps = {
  account: AccountView;
  canChange: boolean;
  operatorName: string;
  initialFilter: UserFilter;
  initialPage: UsersPage;
  actions: Actions;
  retired?: boolean;
};

/** The people of an account and their plans: find a person, change the plan, see what became of it. */
export function People(props: PeopleProps) {
  const { account, canChange, operatorName, initialFilter, initialPage, actions, retired = false } = props;
  const [desk] = useState(() => createDesk({ accountId: account.id, operatorName, actions, retired }));
  const [filter, setFilter] = useFilterAddress(initialFilter);
  const users = useUsers(desk, filter, initialFilter, initialPage);
  const listing = users.data ?? { page: initialPage, askedAt: 0 };
  const rows = useShownRows(desk, listing, `${filter.search} ${filter.sort} ${filter.descending} ${filter.cursor}`);
  const [history, setHistory] = useState<{ userId: string; name: string } | null>(null);
  const [isHelpOpen, setHelpOpen] = useState(false);
  const openHelp = useCallback(() => setHelpOpen(true), []);
  const openHistory = useCallback((userId: string, name: string) => setHistory({ userId, name }), []);
  const hasKeys = useHasSingleKeys();
  const isHydrated = useHydrated();
  const { signedOut } = useSyncExternalStore(desk.site.subscribe, desk.site.get, desk.site.get);
  useSpokenCount(desk, filter.search, users.isPlaceholderData ? null : listing.page.total);

  const search = (text: string) => setFilter({ ...filter, search: text, cursor: undefined }, 'replace');
  const sort = (key: SortKey, descending: boolean) =>
    setFilter({ ...filter, sort: key, descending, cursor: undefined }, 'push');
  const turn = (cursor: string | null) => {
    setFilter({ ...filter, cursor: cursor ?? undefined }, 'push');
    window.scrollTo({ top: 0 });
  };

  return (
    <DeskProvider value={desk}>
      <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
        <h1 className="text-[22px] leading-7 font-semibold tracking-[-0.015em]">{texts.people.title}</h1>
        <FreshnessLine page={listing.page} />
        <div className="flex gap-5 sm:ml-auto">
          <a className="text-act font-normal! text-quiet" href={exportAddress(account.id, filter)} download>
            {texts.people.exportList}
          </a>
          <TextButton className="font-normal! text-quiet pointer-coarse:hidden" onClick={openHelp}>
            {texts.people.keys}
          </TextButton>
        </div>
      </div>
      <Banners account={account} asOf={listing.page.freshness.asOf} filter={filter} canChange={canChange} />
      <div className="mt-4 mb-4 max-sm:mb-3">
        <SearchBox search={filter.search} isAnswered={!users.isPlaceholderData} hasKeys={hasKeys} onSearch={search} />
      </div>
      <SortChoice filter={filter} onSort={sort} />
      {users.isError && !signedOut && (
        <div role="alert" className="mb-3">
          <Notice tone="wait" acts={<TextButton onClick={() => users.refetch()}>{words.common.retry}</TextButton>}>
            {texts.pageNotices.listFailed}
          </Notice>
        </div>
      )}
      <div className="overflow-clip rounded-xl border border-line bg-sheet">
        {rows.length > 0 ? (
          <PeopleTable
            account={account}
            rows={rows}
            askedAt={listing.askedAt}
            canChange={canChange}
            filter={filter}
            isOld={users.isPlaceholderData}
            onSort={sort}
            onHistory={openHistory}
          />
        ) : (
          <Suspense>
            <NoRows page={listing.page} search={filter.search} onClear={() => search('')} />
          </Suspense>
        )}
      </div>
      {rows.length > 0 && <Pager page={listing.page} search={filter.search} onTurn={turn} />}
      <Suspense>
        {isHydrated && (
          <WorkbenchParts supported={account.supportedLicenses} onHelp={openHelp} onSearch={search} rowsKey={listing} />
        )}
      </Suspense>
      <Suspense>
        {history && <HistoryPanel {...history} canChange={canChange} onClose={() => setHistory(null)} />}
        {isHelpOpen && <KeysHelp onClose={() => setHelpOpen(false)} />}
      </Suspense>
    </DeskProvider>
  );
}
