'use client';

import { type BatchesPage, type BatchInList, isAtWork } from '@/lib/batches/batch.ts';
import * as texts from '@/lib/texts/batches.ts';
import { when } from '@/lib/texts/formats.ts';
import { shell } from '@/lib/texts/shell.ts';
import { operatorName } from '@/lib/texts/words.ts';
import { Addresses } from '../ui/addresses.tsx';
import { buttonLook } from '../ui/button.tsx';
import { Nothing, TableCard } from '../ui/card.tsx';
import { DataTable, textRow } from '../ui/data-table.tsx';
import { PageHeading, PrintedAccount, SectionHeading } from '../ui/heading.tsx';
import { Moment } from '../ui/moment.tsx';
import { Notice } from '../ui/notice.tsx';
import { LinkPager } from '../ui/pager.tsx';
import { SoftLink } from '../ui/soft-link.tsx';
import { batchesData, batchesPath, batchPath, type ListAsked, newBatchPath, waitingPath } from './addresses.ts';
import { PlansNotEnded } from './run/plans-not-ended.tsx';
import { StateMark } from './run/state-mark.tsx';
import { useAttention } from './use-attention.ts';
import { useReadAgain } from './use-read.ts';
import { useWaitingElsewhere } from './use-waiting.ts';

type BatchListProps = {
  account: { id: string; name: string };
  /** Which page: it begins with the newest where no batch is named. */
  asked: ListAsked;
  drawn: BatchesPage;
  canRun: boolean;
};

const pause = ({ batches }: BatchesPage) => (batches.some(({ state }) => isAtWork(state)) ? 2_000 : 10_000);

/** What has been done to many people at once, and who did it. */
export function BatchList({ account, asked, drawn, canRun }: BatchListProps) {
  const { data, isFailed } = useReadAgain(batchesData(account.id, asked), drawn, pause);
  const { batches, next, waiting, plansNotEnded } = data;
  const { notEnded } = useAttention(account.id);
  const { before, withPreviews } = asked;
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <PageHeading>{texts.batchList.title}</PageHeading>
        {canRun && (
          <SoftLink href={newBatchPath(account.id)} className={buttonLook.loud}>
            {texts.batchList.begin}
          </SoftLink>
        )}
      </div>
      <PrintedAccount name={account.name} />
      <p className="mt-1 mb-5 text-quiet">{texts.batchList.lead}</p>
      {isFailed && (
        <div role="status" className="mb-3">
          <Notice tone="wait">{texts.batchList.notRead}</Notice>
        </div>
      )}
      <Elsewhere accountId={account.id} mayApprove={canRun} />
      {waiting.length > 0 && <Waiting account={account} batches={waiting} />}
      {plansNotEnded.length > 0 && (
        <PlansNotEnded accountId={account.id} endings={plansNotEnded} isAll={notEnded <= plansNotEnded.length} />
      )}
      <TableCard>
        {batches.length === 0 ? (
          <Nothing title={texts.batchList.emptyTitle}>{texts.batchList.empty}</Nothing>
        ) : (
          <BatchTable caption={texts.batchList.caption(account.name)} account={account} batches={batches} />
        )}
      </TableCard>
      <Previews account={account} count={data.previews} isShown={withPreviews ?? false} isFirstPage={!before} />
      <LinkPager
        label={texts.batchList.pages}
        links={[
          { name: texts.batchList.newest, to: before ? batchesPath(account.id, { withPreviews }) : null },
          { name: texts.batchList.older, to: next ? batchesPath(account.id, { before: next, withPreviews }) : null },
        ]}
      />
    </>
  );
}

const { row, first } = textRow.md;
const cell = `${textRow.md.cell} break-words`;

/** The way to the viewer's own previews, which nobody has submitted, and back to a list without them. */
function Previews({
  account,
  count,
  isShown,
  isFirstPage,
}: Pick<BatchListProps, 'account'> & { count: number; isShown: boolean; isFirstPage: boolean }) {
  if (!isFirstPage || (count === 0 && !isShown)) return null;
  return (
    <p className="pt-3.5">
      <SoftLink href={batchesPath(account.id, { withPreviews: !isShown })} className="text-act">
        {isShown ? texts.batchList.hidePreviews : texts.batchList.showPreviews(count)}
      </SoftLink>
    </p>
  );
}

/** In which other accounts batches wait for the viewer's approval. */
function Elsewhere({ accountId, mayApprove }: { accountId: string; mayApprove: boolean }) {
  const accounts = useWaitingElsewhere(accountId, mayApprove);
  if (accounts.length === 0) return null;
  return (
    <div className="mb-5">
      <Notice tone="wait" icon="group">
        <p>{texts.batchList.elsewhere}</p>
        <ul>
          {accounts.map((account) => (
            <li key={account.accountId}>
              <SoftLink href={waitingPath(account)} className="text-act">
                {shell.waitsIn(account.batches, account.accountName)}
              </SoftLink>
            </li>
          ))}
        </ul>
      </Notice>
    </div>
  );
}

/** Batches that nobody else has approved yet, and the viewer may. */
function Waiting({ account, batches }: Pick<BatchListProps, 'account'> & { batches: BatchInList[] }) {
  const title = texts.batchList.waiting(batches.length);
  return (
    <section aria-labelledby="batches-waiting" className="mb-7">
      <SectionHeading id="batches-waiting">{title}</SectionHeading>
      <p className="mt-1 mb-3 text-quiet">{texts.batchList.waitingHelp}</p>
      <TableCard>
        <BatchTable caption={title} account={account} batches={batches} />
      </TableCard>
    </section>
  );
}

type TableProps = Pick<BatchListProps, 'account'> & { caption: string; batches: BatchInList[] };

function BatchTable({ caption, account, batches }: TableProps) {
  return (
    <DataTable
      name={caption}
      columns={[
        { name: texts.batchList.what, className: 'w-[36%]' },
        { name: texts.batchList.state, className: 'w-[18%]' },
        { name: texts.batchList.numbers },
        { name: texts.batchList.who },
        { name: texts.batchList.when, className: 'w-[14%]' },
      ]}
      cardsBelow="md"
      spacing="text"
      isFixed
    >
      {batches.map((batch) => (
        <tr key={batch.id} className={row}>
          <th scope="row" className={`${cell} ${first} text-start font-normal`}>
            <SoftLink href={batchPath(account.id, batch.id)} className="text-act">
              {texts.batchName(batch)}
            </SoftLink>
            {batch.reason && (
              <span className="block text-small text-quiet">
                <Addresses text={batch.reason} />
              </span>
            )}
          </th>
          <td className={cell}>
            <StateMark {...batch} />
          </td>
          <td className={cell}>
            {batch.state === 'draft'
              ? texts.batchList.draft
              : texts.batchList.numbersOf(batch.total, batch.changed, batch.failed)}
            {batch.undone > 0 && (
              <span className="block text-quiet">{texts.batchList.undone(batch.undone, batch.changed)}</span>
            )}
            {batch.notEnded > 0 && (
              <span className="block font-medium text-bad">{texts.batchList.notEnded(batch.notEnded)}</span>
            )}
          </td>
          <td className={cell}>
            <Addresses text={operatorName(batch.operator)} />
          </td>
          <td className={`${cell} text-small text-quiet`}>
            <Moment at={batch.createdAt} as={when.dayAndClock} />
          </td>
        </tr>
      ))}
    </DataTable>
  );
}
