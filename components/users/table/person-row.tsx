'use client';

import { memo, type ReactNode, Suspense, useState } from 'react';
import type { AccountView } from '@/lib/accounts/account.ts';
import type { OptionalColumn } from '@/lib/preferences/preferences.ts';
import { when } from '@/lib/texts/formats.ts';
import * as texts from '@/lib/texts/people.ts';
import * as words from '@/lib/texts/words.ts';
import { nameOf, statusOf, type UserRow } from '@/lib/users/user.ts';
import { beside } from '../../ui/beside.tsx';
import { Breakable } from '../../ui/breakable.ts';
import { later } from '../../ui/later.ts';
import type { Attempt } from '../change/attempt.ts';
import { noteOn } from '../change/noted-change.ts';
import type { OpenList } from '../change/open-list.ts';
import { isLocked, type PageStatus } from '../change/page-status.ts';
import { usePageStore } from '../page-store-context.tsx';
import { PlanCell } from '../plan/plan-cell.tsx';
import type { Noting } from '../plan/row-message-props.ts';
import type { Ticks } from '../selection/chosen.ts';
import { LastChange } from './last-change.tsx';
import type { Marks } from './matched.tsx';
import type { RowView } from './row-view.ts';

type PersonRowProps = {
  user: UserRow;
  /** What tells the person apart from everybody else in the list, for those who hear it. */
  called: string;
  /** When this row was asked for: what is known from a later moment goes before it. */
  askedAt: number;
  ghost: boolean;
  account: AccountView;
  canChange: boolean;
  columns: OptionalColumn[];
  attempt: Attempt;
  /** The time, as far as the row changes with it. */
  now: number;
  pageStatus: PageStatus;
  /** The list of plans, while it is open at this person. */
  open: OpenList | null;
  ticks: Ticks | null;
  /** Null where nothing is marked. */
  marks: Marks | null;
  /** What the person was searched for by. */
  search: string;
  isHydrated: boolean;
  onHistory: (user: UserRow, name: string) => void;
};

const untouchedView = (license: string | null): RowView => ({
  shown: license,
  known: license,
  isBusy: false,
  message: null,
});

const Ending = later(() => import('../person/ending.tsx'));
const ReadOnlyPlan = beside(() => import('../plan/read-only-plan.tsx'));
const OpenMark = beside(() => import('./open-mark.tsx'));
const BatchMark = beside(() => import('./batch-mark.tsx'));

/** The 3 px bar by which a row that needs attention is found while scrolling. */
const bars = {
  bad: {
    row: 'max-sm:shadow-[inset_3px_0_0_var(--bad)]',
    cell: 'sm:border-s-[3px] border-s-bad sm:ps-[calc(1rem-3px)]',
  },
  wait: {
    row: 'max-sm:shadow-[inset_3px_0_0_var(--wait)]',
    cell: 'sm:border-s-[3px] border-s-wait sm:ps-[calc(1rem-3px)]',
  },
};

/** One person: who, status, plan with what becomes of it, and the columns that were chosen. It follows nothing by itself. */
export const PersonRow = memo(function PersonRow(props: PersonRowProps) {
  const {
    user,
    called,
    askedAt,
    ghost,
    account,
    canChange,
    columns,
    attempt,
    now,
    pageStatus,
    open,
    isHydrated,
    onHistory,
  } = props;
  const { ticks, marks, search } = props;
  const { engine: engineOf, chooses } = usePageStore();
  const engine = engineOf();
  const [noting, setNoting] = useState<Noting | null>(null);
  const name = nameOf(user);
  const listed = { license: user.license, at: askedAt };
  const note = noting?.userId === user.id && isNoteShown(noting, attempt) ? noting : null;
  const locked = isLocked(pageStatus);
  const around = {
    name: called,
    listed,
    now,
    online: pageStatus.online,
    locked: locked || pageStatus.revoked,
    supported: account.supportedLicenses,
    hasEnd: user.ending !== null,
  };
  const { shown, known, isBusy, message } = engine?.rowView(attempt, around) ?? untouchedView(user.license);
  const messageId = message ? `message-${user.id}` : undefined;
  const readOnly = account.directoryManaged
    ? 'directory'
    : !canChange || pageStatus.revoked
      ? 'role'
      : pageStatus.chime === 'retired'
        ? 'retired'
        : null;
  const isFaded = ghost || attempt.stage.is === 'gone' || (message?.acts.includes('hide') ?? false);
  const hasEmailColumn = columns.includes('email');
  const tone = message?.tone ?? (user.ending?.failure ? 'bad' : undefined);
  const bar = tone === 'bad' || tone === 'wait' ? bars[tone] : { row: '', cell: 'ps-4' };

  const marked = (text: string | null) =>
    text && (marks ? <marks.Matched text={text} search={search} /> : <Breakable text={text} />);

  const optional = (column: OptionalColumn): ReactNode => {
    switch (column) {
      case 'changed':
        return (
          <td
            key={column}
            className="row-cell sm:pt-3.75 sm:pb-1.75 in-data-[density=compact]:sm:pt-1.75 in-data-[density=compact]:sm:pb-1"
          >
            <LastChange user={user} name={called} attempt={attempt} isHydrated={isHydrated} onOpen={onHistory} />
          </td>
        );
      case 'email':
        return <Fact key={column} column={column} text={user.email} marked={marked(user.email)} />;
      case 'type':
        return <Fact key={column} column={column} text={texts.userType(user.userType)} />;
      case 'id':
        return <Fact key={column} column={column} text={user.id} isCode />;
      case 'registered':
        return <Day key={column} column={column} at={user.registeredOn} isHydrated={isHydrated} />;
      case 'invited':
        return <Day key={column} column={column} at={user.invitedOn} isHydrated={isHydrated} />;
    }
  };

  return (
    <tr
      id={`person-${user.id}`}
      data-person={user.id}
      aria-busy={isBusy || undefined}
      className={`row-lines hover:bg-hover data-jumped:outline-2 data-jumped:-outline-offset-2 data-jumped:outline-bell max-sm:block max-sm:py-3 ${bar.row}`}
    >
      {chooses && <td className="tick">{ticks && <ticks.RowTick userId={user.id} name={called} />}</td>}
      <th scope="row" className={`row-head ${bar.cell} ${isFaded ? 'text-faint' : ''}`}>
        <div className="items-baseline gap-x-2.5 in-data-[density=compact]:sm:flex">
          <div className="one-line min-w-0 overflow-clip font-semibold break-words [overflow-clip-margin:4px]">
            {hasEmailColumn && user.email === name ? (
              <>
                <span aria-hidden="true" className="font-normal text-faint">
                  {texts.people.noName}
                </span>
                <span className="sr-only">{name}</span>
              </>
            ) : (
              marked(name)
            )}
          </div>
          <div className="one-line min-w-24 flex-1 text-small leading-4.5 break-words text-faint empty:hidden">
            {user.email !== name && !hasEmailColumn && marked(user.email)}
            {ghost && (
              <span className="ms-2 inline-block rounded-full border border-line px-2 align-top leading-4 whitespace-nowrap text-quiet">
                {texts.planCell.ghost}
              </span>
            )}
          </div>
        </div>
      </th>
      {hasEmailColumn && optional('email')}
      <td className="row-cell row-fact one-line text-quiet">{words.status(statusOf(user))}</td>
      <td className="row-cell max-sm:py-2 sm:py-2.75 in-data-[density=compact]:sm:py-1">
        <div className="flex flex-wrap items-start gap-x-3 max-sm:gap-y-1.5">
          {readOnly ? (
            <ReadOnlyPlan license={known} isDirectory={readOnly === 'directory'} />
          ) : (
            <PlanCell
              userId={user.id}
              name={called}
              shown={shown}
              listed={listed}
              supported={account.supportedLicenses}
              isBusy={isBusy}
              isLocked={locked}
              tone={message?.tone ?? null}
              messageId={messageId}
              open={open}
            />
          )}
          {user.batch && <BatchMark {...user.batch} />}
          {user.open && !isBusy && !message && <OpenMark {...user.open} />}
          {engine && message && messageId && (
            <engine.RowMessage
              key={user.id}
              id={messageId}
              userId={user.id}
              name={called}
              known={known}
              attempt={attempt}
              message={message}
              noting={note}
              onNoting={setNoting}
            />
          )}
          {isHydrated && (engine || user.ending) && (
            <Suspense>
              <Ending key={user.id} user={user} name={called} license={known} canChange={!readOnly && !locked} />
            </Suspense>
          )}
        </div>
      </td>
      {columns.filter((column) => column !== 'email').map(optional)}
    </tr>
  );
});

/** A note that is being written stays whatever becomes of the plan; one that was saved, until there is another change. */
const isNoteShown = ({ saved, changeId }: Noting, attempt: Attempt) =>
  saved === null ||
  attempt.stage.is === 'overtaken' ||
  (attempt.stage.is === 'answered' && changeId === noteOn(attempt));

type FactProps = { column: OptionalColumn; text: string | null; title?: string; marked?: ReactNode; isCode?: boolean };

/** A plain fact; on a card it says what it is. */
const Fact = ({ column, text, title, marked = text, isCode = false }: FactProps) => (
  <td
    title={title}
    className={`row-cell row-fact one-line break-words text-quiet ${text ? '' : 'max-sm:hidden'} ${isCode ? 'select-all' : ''}`}
  >
    <span className="text-faint sm:hidden">{texts.columnNames[column]}: </span>
    {marked}
  </td>
);

type DayProps = { column: OptionalColumn; at: string | null; isHydrated: boolean };

/** A day by the reader's clock; the moment with its time zone is under the pointer. */
const Day = ({ column, at, isHydrated }: DayProps) => (
  <Fact
    column={column}
    text={at && when.date(at, isHydrated ? undefined : 'UTC')}
    title={at && isHydrated ? when.exact(at) : undefined}
  />
);
