'use client';

import { memo } from 'react';
import * as words from '@/lib/texts/words.ts';
import type { OptionalColumn } from '@/lib/users/columns.ts';
import { statusOf, type UserRow } from '@/lib/users/user.ts';
import { usePageStore } from '../../page-store-context.tsx';
import type { Ticks } from '../../selection/chosen.ts';
import type { Marks } from './matched.tsx';
import { OptionalCell } from './optional-cell.tsx';
import { PersonName } from './person-name.tsx';
import { PersonPlan, type PersonPlanProps } from './person-plan.tsx';
import { rowStateOf } from './row-state.ts';

type PersonRowProps = Omit<PersonPlanProps, 'state'> & {
  /** When this row was asked for: what is known from a later moment goes before it. */
  askedAt: number;
  ghost: boolean;
  canChange: boolean;
  columns: OptionalColumn[];
  /** The time, as far as the row changes with it. */
  now: number;
  ticks: Ticks | null;
  /** Null where nothing is marked. */
  marks: Marks | null;
  /** What the person was searched for by. */
  search: string;
  onHistory: (user: UserRow, name: string) => void;
};

/** The 3 px bar by which a row that needs attention is found while scrolling. */
const bars = {
  bad: {
    row: 'max-sm:shadow-[inset_3px_0_0_var(--bad)]',
    cell: 'max-sm:ps-4 sm:border-s-[3px] border-s-bad sm:ps-[calc(1rem-3px)]',
  },
  wait: {
    row: 'max-sm:shadow-[inset_3px_0_0_var(--wait)]',
    cell: 'max-sm:ps-4 sm:border-s-[3px] border-s-wait sm:ps-[calc(1rem-3px)]',
  },
};

/** One person: who, status, plan with what becomes of it, and the columns that were chosen. It follows nothing by itself. */
export const PersonRow = memo(function PersonRow(props: PersonRowProps) {
  const { user, called, account, columns, attempt, ticks, isHydrated } = props;
  const { engine, chooses } = usePageStore();
  const state = rowStateOf(engine(), props);
  const { message } = state;
  const isFaded = props.ghost || attempt.stage.is === 'gone' || (message?.acts.includes('hide') ?? false);
  const hasEmailColumn = columns.includes('email');
  const tone = message?.tone ?? (user.ending?.failure ? 'bad' : undefined);
  const bar = tone === 'bad' || tone === 'wait' ? bars[tone] : { row: '', cell: 'ps-4' };
  const searched = { marks: props.marks, search: props.search };

  const optional = (column: OptionalColumn) => (
    <OptionalCell
      key={column}
      column={column}
      user={user}
      called={called}
      attempt={attempt}
      {...searched}
      isHydrated={isHydrated}
      onHistory={props.onHistory}
    />
  );

  return (
    <tr
      id={`person-${user.id}`}
      data-person={user.id}
      aria-busy={state.isBusy || undefined}
      className={`row-lines hover:bg-hover data-jumped:outline-2 data-jumped:-outline-offset-2 data-jumped:outline-bell max-sm:block max-sm:py-3 ${bar.row}`}
    >
      {chooses && <td className="tick">{ticks && <ticks.RowTick userId={user.id} name={called} />}</td>}
      <PersonName
        user={user}
        hasEmailColumn={hasEmailColumn}
        ghost={props.ghost}
        isFaded={isFaded}
        {...searched}
        bar={bar.cell}
      />
      {hasEmailColumn && optional('email')}
      <td className="row-cell row-fact one-line text-quiet">{words.status(statusOf(user))}</td>
      <PersonPlan
        user={user}
        called={called}
        account={account}
        attempt={attempt}
        open={props.open}
        pageStatus={props.pageStatus}
        isHydrated={isHydrated}
        state={state}
      />
      {columns.filter((column) => column !== 'email').map(optional)}
    </tr>
  );
});
