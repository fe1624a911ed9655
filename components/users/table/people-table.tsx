'use client';

import { useMemo, useRef, useSyncExternalStore } from 'react';
import type { AccountView } from '@/lib/accounts/account.ts';
import type { Preferences } from '@/lib/preferences/preferences.ts';
import type { SortKey } from '@/lib/search/filter.ts';
import * as texts from '@/lib/texts/people.ts';
import { calledAmong, nameOf, type UserRow } from '@/lib/users/user.ts';
import { useHydrated } from '../../ui/hydrated.ts';
import { untouched } from '../change/resting-attempt.ts';
import { useAcross, usePageStatus, usePageStore, useTimes } from '../page-store-context.tsx';
import { type Column, inOrder, tableClasses } from './column-widths.ts';
import { PersonRow } from './row/person-row.tsx';
import type { ShownRow } from './shown-rows.ts';
import { type OnSort, SortHeading, type Sorting } from './sort-heading.tsx';

type PeopleTableProps = Sorting & {
  account: AccountView;
  rows: ShownRow[];
  askedAt: number;
  canChange: boolean;
  preferences: Preferences;
  /** What these people were searched for by. */
  search: string;
  isOld: boolean;
  onSort: OnSort;
  onHistory: (user: UserRow, name: string) => void;
};

/** The box in which a table that is too wide scrolls. */
export const peopleBoxId = 'people-box';

/** The people as a plain table; on a phone its rows are drawn as cards with the same control and texts. */
export function PeopleTable(props: PeopleTableProps) {
  const { account, rows, askedAt, canChange, preferences, search, isOld, onSort, onHistory, sort, descending } = props;
  const { columns, density } = preferences;
  const store = usePageStore();
  const pageStatus = usePageStatus();
  const open = useSyncExternalStore(store.list.subscribe, store.list.get, () => null);
  const ticks = useSyncExternalStore(store.ticks.subscribe, store.ticks.get, () => null);
  const marks = useSyncExternalStore(store.marks.subscribe, store.marks.get, () => null);
  useAcross(({ attempts }) => attempts.version(), 0);
  useAcross(({ hidden }) => hidden.size, 0);
  const called = useMemo(() => calledAmong(rows.map(({ user }) => user)), [rows]);
  const keyOf = useRowKeys(rows);
  const timeOf = useTimes();
  const isHydrated = useHydrated();

  const { classOf, box, hint } = tableClasses(columns);
  const heading = (column: Column, keys: SortKey[], className?: string) => (
    <SortHeading key={column} keys={keys} sort={sort} descending={descending} onSort={onSort} className={className} />
  );
  return (
    <div>
      <p className={`hidden border-b border-line px-4 py-1.5 text-small text-faint ${hint}`}>
        {texts.people.moreColumns}
      </p>
      <div id={peopleBoxId} className={box}>
        <table
          aria-busy={isOld || undefined}
          data-density={density}
          className="w-full table-fixed border-separate border-spacing-0 max-sm:block"
        >
          <caption className="sr-only">{texts.people.caption(account.name)}</caption>
          <colgroup>
            {store.chooses && <col className="w-9" />}
            {inOrder(columns).map((column) => (
              <col key={column} className={classOf(column)} />
            ))}
          </colgroup>
          <thead className="stays text-small text-faint max-sm:sr-only">
            <tr>
              {store.chooses && <td className="tick border-b border-line">{ticks && <ticks.PageTick />}</td>}
              {heading('name', columns.includes('email') ? ['name'] : ['name', 'email'], 'ps-4')}
              {columns.includes('email') && heading('email', ['email'])}
              {heading('status', ['status'])}
              {heading('license', ['license'])}
              {columns.filter((column) => column !== 'email').map((column) => heading(column, [column]))}
            </tr>
          </thead>
          <tbody className="max-sm:block">
            {rows
              .filter(({ user }) => !store.hidden.has(user.id))
              .map(({ user, ghost }) => {
                const attempt = isHydrated ? store.attempts.get(user.id) : untouched;
                return (
                  <PersonRow
                    key={keyOf(user.id)}
                    user={user}
                    called={called.get(user.id) ?? nameOf(user)}
                    askedAt={attempt === untouched ? 0 : askedAt} // it only matters beside what an attempt knows
                    ghost={ghost}
                    account={account}
                    canChange={canChange}
                    columns={columns}
                    attempt={attempt}
                    now={timeOf(attempt)}
                    pageStatus={pageStatus}
                    open={open?.userId === user.id ? open : null}
                    ticks={ticks}
                    marks={search === '' ? null : marks}
                    search={search}
                    isHydrated={isHydrated}
                    onHistory={onHistory}
                  />
                );
              })}
          </tbody>
        </table>
      </div>
    </div>
  );
}

/**
 * Under which keys the rows are drawn: who is new takes over the elements of somebody who is gone, because making the
 * elements of fifty rows is most of what a keystroke takes. The row that has the focus is nobody else's.
 */
function useRowKeys(rows: ShownRow[]): (userId: string) => string {
  const keys = useRef(new Map<string, string>());
  const made = useRef(0);
  const before = keys.current;
  const ids = rows.map(({ user }) => user.id);
  if (ids.length !== before.size || ids.some((id) => !before.has(id))) {
    const now = new Set(ids);
    const focused = focusedPerson();
    const free = [...before].filter(([id]) => !now.has(id) && id !== focused).map(([, key]) => key);
    const newKey = () => {
      made.current += 1;
      return String(made.current);
    };
    keys.current = new Map(ids.map((id) => [id, before.get(id) ?? free.shift() ?? newKey()]));
  }
  return (userId) => keys.current.get(userId) ?? userId;
}

const focusedPerson = () =>
  typeof document === 'undefined'
    ? undefined
    : document.activeElement?.closest('tr[data-person]')?.getAttribute('data-person');
