import type { PlanNotEnded } from '@/lib/licenses/ending.ts';
import * as texts from '@/lib/texts/batches.ts';
import { reasonSentence } from '@/lib/texts/failures.ts';
import { when } from '@/lib/texts/formats.ts';
import { plan } from '@/lib/texts/words.ts';
import { calledAmong } from '@/lib/users/user.ts';
import { TableCard } from '../../ui/card.tsx';
import { DataTable, textRow } from '../../ui/data-table.tsx';
import { SectionHeading } from '../../ui/heading.tsx';
import { Moment } from '../../ui/moment.tsx';
import { SoftLink } from '../../ui/soft-link.tsx';
import { batchPath, notEndedId } from '../addresses.ts';
import { Person } from '../preview/person.tsx';

const { row, first } = textRow.md;
const cell = `${textRow.md.cell} break-words`;

type PlansNotEndedProps = { accountId: string; endings: PlanNotEnded[]; isAll: boolean };

/** People whose plan was to end and did not: they keep it until an operator does something about it. */
export function PlansNotEnded({ accountId, endings, isAll }: PlansNotEndedProps) {
  const called = calledAmong(endings.map(({ user }) => user));
  return (
    <section id={notEndedId} aria-labelledby="not-ended-title" className="mb-7 scroll-mt-20">
      <SectionHeading id="not-ended-title">{texts.batchList.plansNotEnded}</SectionHeading>
      <p className="mt-1 mb-3 text-quiet">
        {texts.batchList.plansNotEndedHelp} {!isAll && texts.batchList.plansNotEndedMost(endings.length)}{' '}
        <SoftLink href={`/accounts/${accountId}/users?ends=failed`} className="text-act">
          {texts.batchList.plansNotEndedInPeople}
        </SoftLink>
      </p>
      <TableCard>
        <DataTable
          name={{ labelledBy: 'not-ended-title' }}
          columns={[
            { name: texts.batchList.person, className: 'w-[32%]' },
            { name: texts.batchList.planNow },
            { name: texts.batchList.wasToEnd },
            { name: texts.batchList.notEndedWhy, className: 'w-[32%]' },
          ]}
          cardsBelow="md"
          spacing="text"
          isFixed
        >
          {endings.map((ending) => (
            <Row
              key={ending.user.id}
              accountId={accountId}
              ending={ending}
              called={called.get(ending.user.id) ?? ending.user.name}
            />
          ))}
        </DataTable>
      </TableCard>
    </section>
  );
}

function Row({ accountId, ending, called }: { accountId: string; ending: PlanNotEnded; called: string }) {
  const { user, license, backTo, at, failure, batchId } = ending;
  return (
    <tr className={row}>
      <th scope="row" className={`${cell} ${first} text-start font-normal`}>
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
