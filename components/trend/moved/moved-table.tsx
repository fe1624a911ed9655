import { comparePage, movedPage as texts } from '@/lib/texts/comparison.ts';
import type { ListedPerson } from '@/lib/trend/view.ts';
import { calledAmong } from '@/lib/users/user.ts';
import { Breakable } from '../../ui/breakable.ts';
import { SoftLink } from '../../ui/soft-link.tsx';

type MovedTableProps = {
  people: ListedPerson[];
  zone: string;
  /** Whether people of all accounts stand together. */
  isOfAll: boolean;
};

const head = 'border-b border-line py-2 pe-4 text-start font-medium';
const cell = 'py-2.5 pe-4 align-top max-lg:block max-lg:py-0.5 max-lg:pe-0';

export function MovedTable({ people, zone, isOfAll }: MovedTableProps) {
  const called = calledAmong(people.map(({ userId, name, email }) => ({ id: userId, name, email })));
  return (
    <table className="w-full table-fixed border-separate border-spacing-0 max-lg:block">
      <caption className="sr-only">{texts.caption}</caption>
      <thead className="text-small text-faint max-lg:sr-only">
        <tr>
          <th scope="col" className={`${head} w-[24%] ps-4`}>
            {texts.person}
          </th>
          <th scope="col" className={`${head} w-[18%]`}>
            {texts.plan}
          </th>
          <th scope="col" className={`${head} w-[18%]`}>
            {texts.when}
          </th>
          <th scope="col" className={`${head} w-[16%]`}>
            {texts.who}
          </th>
          <th scope="col" className={head}>
            {texts.reason}
          </th>
        </tr>
      </thead>
      <tbody className="max-lg:block">
        {people.map((one) => (
          <tr
            key={`${one.accountId} ${one.userId} ${one.at}`}
            className="row-lines hover:bg-hover max-lg:block max-lg:[--cell-line:0px] max-lg:px-4 max-lg:py-3"
          >
            <th scope="row" className={`${cell} ps-4 text-start font-normal break-words max-lg:ps-0`}>
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
              {one.seenAfter === null
                ? comparePage.moment(one.at, zone)
                : texts.seenBetween(one.seenAfter, one.at, zone)}
            </td>
            <td className={`${cell} break-words`}>
              {one.operator === null ? texts.outside : texts.byOperator(one.operator.name, one.origin)}
            </td>
            <td className={`${cell} break-words`}>
              <Why one={one} name={called.get(one.userId) ?? one.name} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
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
