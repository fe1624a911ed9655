import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { signOut } from '@/app/accounts/actions.ts';
import { pageOperator } from '@/app/guard/pages.ts';
import { accountTitle } from '@/app/title.ts';
import { People } from '@/components/users/people.tsx';
import { viewOf } from '@/lib/accounts/account.ts';
import { findAccount } from '@/lib/accounts/store.ts';
import { keepLastAccount } from '@/lib/auth/last-account-store.ts';
import { showCounts } from '@/lib/counts/show-counts.ts';
import { deps, reading } from '@/lib/deps.ts';
import { may } from '@/lib/operators/permissions.ts';
import { findPreferences } from '@/lib/preferences/store.ts';
import { filterFromParams, paramsFromFilter } from '@/lib/search/filter.ts';
import { showUsers } from '@/lib/search/show-users.ts';
import { people } from '@/lib/texts/people.ts';
import { listViews } from '@/lib/views/store.ts';
import {
  addNote,
  cancelChange,
  changeLicenses,
  checkChange,
  keepList,
  keepPlan,
  refreshMirror,
  removeEnding,
  removeView,
  savePreferences,
  saveView,
  setEnding,
} from './actions.ts';

export async function generateMetadata({ params }: { params: Promise<{ accountId: string }> }): Promise<Metadata> {
  return accountTitle((await params).accountId, people.title);
}

type Props = {
  params: Promise<{ accountId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function UsersPage({ params, searchParams }: Props) {
  const { accountId } = await params;
  const filter = filterFromParams(new URLSearchParams(firstOfEach(await searchParams)));
  const query = paramsFromFilter(filter);
  const operator = await pageOperator(`/accounts/${accountId}/users${query && `?${query}`}`, accountId);
  const { db } = deps();
  const account = await findAccount(deps(), accountId);
  if (!account) notFound();
  const areCountsAtHand = filter.search.trim() === '' && filter.list === null;
  const preferences = await findPreferences(db, operator.id);
  const [[page, counts], views] = await Promise.all([
    reading((from) =>
      Promise.all([
        showUsers(from, accountId, filter, preferences.pageSize),
        areCountsAtHand ? showCounts(from.db, accountId, filter) : null,
      ]),
    ),
    listViews(db, operator.id, accountId),
    keepLastAccount(db, operator.id, accountId),
  ]);

  const view = viewOf(account);
  return (
    <People
      key={accountId}
      account={view}
      canChange={may(operator, 'licenses:change')}
      canChoose={may(operator, 'batches:run') && !view.directoryManaged}
      operator={{ id: operator.id, name: operator.name }}
      initialFilter={filter}
      initialPage={page}
      initialCounts={counts}
      initialViews={views}
      initialPreferences={preferences}
      retired={page.freshness.failure?.code === 'retired'}
      actions={{
        changeLicenses,
        cancelChange,
        checkChange,
        addNote,
        setEnding,
        removeEnding,
        refreshMirror,
        keepList,
        keepPlan,
        saveView,
        removeView,
        savePreferences,
        signOut,
      }}
    />
  );
}

/** A parameter that stands in the address twice counts once. */
function firstOfEach(params: Record<string, string | string[] | undefined>): [string, string][] {
  return Object.entries(params).flatMap(([name, value]): [string, string][] => {
    const first = Array.isArray(value) ? value[0] : value;
    return first === undefined ? [] : [[name, first]];
  });
}
