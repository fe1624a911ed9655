import type { PlanNotEnded } from '@/lib/licenses/ending.ts';
import * as texts from '@/lib/texts/batches.ts';
import { when } from '@/lib/texts/formats.ts';
import { reasonSentence } from '@/lib/texts/history.ts';
import { plan } from '@/lib/texts/words.ts';
import { calledAmong } from '@/lib/users/user.ts';
import { Moment } from '../../ui/moment.tsx';
import { SoftLink } from '../../ui/soft-link.tsx';
import { batchPath, notEndedId } from '../addresses.ts';
import { Person } from '../preview/person.tsx';

const head = 'border-b border-line py-2 pe-4 text-start font-medium';
const cell = 'py-2.5 pe-4 align-top break-words max-md:block max-md:py-0.5 max-md:pe-0';

type PlansNotEndedProps = { accountId: string; endings: PlanNotEnded[]; isAll: boolean };

/** People whose plan was to end and did not: they keep it until an operator does something about it. */
export function PlansNotEnded({ accountId, endings, isAll }: PlansNotEndedProps) {
  const called = calledAmong(endings.map(({ user }) => user));
  return (
    <section id={notEndedId} aria-labelledby="not-ended-title" className="mb-7 scroll-mt-20">
      <h2 id="not-ended-title" className="text-heading leading-6 font-semibold">
        {texts.batchList.plansNotEnded}
      </h2>
      <p className="mt-1 mb-3 text-quiet">
        {texts.batchList.plansNotEndedHelp} {!isAll && texts.batchList.plansNotEndedMost(endings.length)}{' '}
        <SoftLink href={`/accounts/${accountId}/users?ends=failed`} className="text-act">
          {texts.batchList.plansNotEndedInPeople}
        </SoftLink>
      </p>
      <div className="overflow-clip rounded-xl border border-line bg-sheet">
        <table
          aria-labelledby="not-ended-title"
          className="w-full table-fixed border-separate border-spacing-0 max-md:block"
        >
          <thead className="text-small text-faint max-md:sr-only">
            <tr>
              <th scope="col" className={`${head} w-[32%] ps-4`}>
                {texts.batchList.person}
              </th>
              <th scope="col" className={head}>
                {texts.batchList.planNow}
              </th>
              <th scope="col" className={head}>
                {texts.batchList.wasToEnd}
              </th>
              <th scope="col" className={`${head} w-[32%]`}>
                {texts.batchList.notEndedWhy}
              </th>
            </tr>
          </thead>
          <tbody className="max-md:block">
            {endings.map((ending) => (
              <Row
                key={ending.user.id}
                accountId={accountId}
                ending={ending}
                called={called.get(ending.user.id) ?? ending.user.name}
              />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Row({ accountId, ending, called }: { accountId: string; ending: PlanNotEnded; called: string }) {
  const { user, license, backTo, at, failure, batchId } = ending;
  return (
    <tr className="row-lines hover:bg-hover max-md:block max-md:[--cell-line:0px] max-md:px-4 max-md:py-3">
      <th scope="row" className={`${cell} ps-4 text-start font-normal max-md:ps-0`}>
        <Person accountId={accountId} user={user} called={called} />
      </th>
      <td className={cell}>{plan(license)}</td>
      <td className={cell}>
        <Moment at={at} as={when.dayAndClock} />
        <span className="block text-small text-quiet">{texts.batchList.backTo(plan(backTo))}</span>
      </td>
      <td className={cell}>
        {reasonSentence(failure)}
        {batchId && (
          <SoftLink href={batchPath(accountId, batchId)} className="text-act ms-3">
            {texts.batchList.fromBatch}
          </SoftLink>
        )}
      </td>
    </tr>
  );
}
