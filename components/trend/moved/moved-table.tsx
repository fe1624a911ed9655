import { comparePage, movedPage as texts } from '@/lib/texts/trend/comparison.ts';
import type { ListedPerson } from '@/lib/trend/view.ts';
import { calledAmong } from '@/lib/users/user.ts';
import { Breakable } from '../../ui/breakable.ts';
import { DataTable, textRow } from '../../ui/data-table.tsx';
import { SoftLink } from '../../ui/soft-link.tsx';

type MovedTableProps = {
  people: ListedPerson[];
  zone: string;
  /** Whether people of all accounts stand together. */
  isOfAll: boolean;
};

const { row, first, cell } = textRow.lg;

export function MovedTable({ people, zone, isOfAll }: MovedTableProps) {
  const called = calledAmong(people.map(({ userId, name, email }) => ({ id: userId, name, email })));
  return (
    <DataTable
      name={texts.caption}
      columns={[
        { name: texts.person, className: 'w-[24%]' },
        { name: texts.plan, className: 'w-[18%]' },
        { name: texts.when, className: 'w-[18%]' },
        { name: texts.who, className: 'w-[16%]' },
        { name: texts.reason },
      ]}
      cardsBelow="lg"
      spacing="text"
      isFixed
    >
      {people.map((one) => (
        <tr key={`${one.accountId} ${one.userId} ${one.at}`} className={row}>
          <th scope="row" className={`${cell} ${first} text-start font-normal break-words`}>
            <Who one={one} isOfAll={isOfAll} />
          </th>
          <td className={`${cell} break-words`}>
            <span className="sr-only">{texts.before} </span>
            <span className="text-quiet">{comparePage.held(one.before)}</span>
            <span className="sr-only">, {texts.after} </span>
            <span aria-hidden="true" className="px-1.5 text-faint rtl:inline-block rtl:-scale-x-100">
              →
            </span>
            <span className="font-medium">{comparePage.held(one.after)}</span>
          </td>
          <td className={`${cell} text-small leading-5 text-quiet`}>
            {one.seenAfter === null ? comparePage.moment(one.at, zone) : texts.seenBetween(one.seenAfter, one.at, zone)}
          </td>
          <td className={`${cell} break-words`}>
            {one.operator === null ? texts.outside : texts.byOperator(one.operator.name, one.origin)}
          </td>
          <td className={`${cell} break-words`}>
            <Why one={one} name={called.get(one.userId) ?? one.name} />
          </td>
        </tr>
      ))}
    </DataTable>
  );
}

function Who({ one, isOfAll }: { one: ListedPerson; isOfAll: boolean }) {
  const { accountId, accountName, userId, name, email, isThere } = one;
  return (
    <>
      {isThere ? (
        <SoftLink href={`/accounts/${accountId}/users?q=${encodeURIComponent(userId)}`} className="text-act max-w-full">
          <span className="min-w-0 [overflow-wrap:anywhere]">{name}</span>
        </SoftLink>
      ) : (
        <span className={`[overflow-wrap:anywhere] ${name === userId ? 'font-mono text-small' : 'font-semibold'}`}>
          {name}
        </span>
      )}
      {email !== null && email !== name && (
        <div className="text-small text-quiet [overflow-wrap:anywhere]">
          <Breakable text={email} />
        </div>
      )}
      {!isThere && <div className="text-small text-quiet">{texts.notThere}</div>}
      {isOfAll && <div className="text-small text-quiet">{accountName}</div>}
    </>
  );
}

/** The reason that was given, and the way to where it is written down. */
function Why({ one, name }: { one: ListedPerson; name: string }) {
  const { accountId, userId, reason, batch, cause, isMadeUp } = one;
  const said = reason ?? batch?.reason;
  return (
    <>
      {said && <span className="[overflow-wrap:anywhere]">{said}</span>}
      <div className="flex flex-wrap gap-x-4 text-small print:hidden">
        {batch && (
          <SoftLink href={`/accounts/${accountId}/batches/${batch.id}`} className="text-act">
            {texts.showBatch}
          </SoftLink>
        )}
        {isMadeUp && <span className="text-quiet">{texts.madeUp}</span>}
        {cause !== null && !isMadeUp && (
          <SoftLink
            href={`/accounts/${accountId}/audit?${new URLSearchParams({ person: userId, request: cause })}`}
            aria-label={texts.showEntryOf(name)}
            className="text-act"
          >
            {texts.showEntry}
          </SoftLink>
        )}
      </div>
    </>
  );
}
