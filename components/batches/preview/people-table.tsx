'use client';

import type { BatchView, ItemView } from '@/lib/batches/batch.ts';
import * as texts from '@/lib/texts/batches.ts';
import { plan } from '@/lib/texts/words.ts';
import { calledAmong } from '@/lib/users/user.ts';
import { Addresses } from '../../ui/addresses.tsx';
import { Breakable } from '../../ui/breakable.ts';
import { DataTable, textRow } from '../../ui/data-table.tsx';
import { Tick, type Ticks, Unchoose } from './edits.tsx';
import { Outcome } from './outcome.tsx';
import { Person } from './person.tsx';
import { Unclear } from './unclear.tsx';

const cell = 'py-2 pe-4 align-top break-words max-sm:block max-sm:py-0 max-sm:pe-0';

type PeopleTableProps = { accountId: string; batch: BatchView; items: ItemView[]; name: string; ticks: Ticks };

/** Lines of a batch: who is meant, the plan they get, and what became of that. */
export function PeopleTable({ accountId, batch, items, name, ticks }: PeopleTableProps) {
  const called = calledAmong(items.flatMap(({ user }) => user ?? []));
  const nameOf = ({ user, asked }: ItemView) => (user ? (called.get(user.id) ?? user.name) : (asked ?? ''));
  return (
    <DataTable
      name={texts.batchPeople.caption(name)}
      columns={[
        { name: texts.batchPeople.person, className: 'w-[50%]' },
        { name: texts.batchPeople.plan, className: 'w-[18%]' },
        { name: texts.batchPeople.outcome },
      ]}
      cardsBelow="sm"
      spacing="text"
      isFixed
    >
      {items.map((item) => (
        <tr key={item.position} className={textRow.sm.row}>
          <th scope="row" className={`${cell} ${textRow.sm.first} text-start font-normal`}>
            <Tick item={item} name={nameOf(item)} ticks={ticks} />
            <Listed accountId={accountId} item={item} called={nameOf(item)} />
          </th>
          {item.part === 'unclear' && item.unclear ? (
            <td className={cell} colSpan={2}>
              <Unclear item={item} unclear={item.unclear} editing={ticks.editing} />
            </td>
          ) : (
            <>
              <td className={cell}>{planOf(item)}</td>
              <td className={cell}>
                <Outcome item={item} batch={batch} />
                <Unchoose item={item} name={nameOf(item)} editing={ticks.editing} />
              </td>
            </>
          )}
        </tr>
      ))}
    </DataTable>
  );
}

type ListedProps = { accountId: string; item: ItemView; called: string };

/** Who a line is about, and how it named them. */
function Listed({ accountId, item: { user, asked, line }, called }: ListedProps) {
  const place = [
    line === null ? '' : texts.batchPeople.line(line),
    asked !== null && user && asked !== user.id && asked !== user.email ? texts.batchPeople.asked(asked) : '',
  ].filter(Boolean);
  return (
    <>
      {user ? (
        <Person accountId={accountId} user={user} called={called} />
      ) : (
        <span className="font-medium">
          <Breakable text={asked ?? ''} />
        </span>
      )}
      {place.length > 0 && (
        <span className="block text-small text-quiet">
          <Addresses text={place.join(', ')} />
        </span>
      )}
    </>
  );
}

function planOf({ user, from, to }: ItemView): string {
  if (!user) return '';
  return to === null || to === from ? plan(from) : texts.batchPeople.fromTo(plan(from), plan(to));
}
