'use client';

import { type BatchesPage, type BatchInList, isAtWork } from '@/lib/batches/batch.ts';
import * as texts from '@/lib/texts/batches.ts';
import { when } from '@/lib/texts/formats.ts';
import { shell } from '@/lib/texts/shell.ts';
import { operatorName } from '@/lib/texts/words.ts';
import { Addresses } from '../ui/addresses.tsx';
import { buttonLook } from '../ui/button.tsx';
import { Moment } from '../ui/moment.tsx';
import { Notice } from '../ui/notice.tsx';
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
        <h1 className="text-title leading-7 font-semibold tracking-[-0.015em]">{texts.batchList.title}</h1>
        {canRun && (
          <SoftLink href={newBatchPath(account.id)} className={buttonLook.loud}>
            {texts.batchList.begin}
          </SoftLink>
        )}
      </div>
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
      <div className="overflow-clip rounded-xl border border-line bg-sheet">
        {batches.length === 0 ? (
          <div className="px-6 py-14 text-center">
            <p className="text-larger font-semibold">{texts.batchList.emptyTitle}</p>
            <p className="mt-1 text-quiet">{texts.batchList.empty}</p>
          </div>
        ) : (
          <BatchTable caption={texts.batchList.caption(account.name)} account={account} batches={batches} />
        )}
      </div>
      <Previews account={account} count={data.previews} isShown={withPreviews ?? false} isFirstPage={!before} />
      {(next || before) && (
        <nav aria-label={texts.batchList.pages} className="flex justify-end gap-2 pt-3.5">
          {before && (
            <SoftLink href={batchesPath(account.id, { withPreviews })} className={buttonLook.plain}>
              {texts.batchList.newest}
            </SoftLink>
          )}
          {next && (
            <SoftLink href={batchesPath(account.id, { before: next, withPreviews })} className={buttonLook.plain}>
              {texts.batchList.older}
            </SoftLink>
          )}
        </nav>
      )}
    </>
  );
}

const head = 'border-b border-line py-2 pe-4 text-start font-medium';
const cell = 'py-2.5 pe-4 align-top break-words max-md:block max-md:py-0.5 max-md:pe-0';

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
      <h2 id="batches-waiting" className="text-heading leading-6 font-semibold">
        {title}
      </h2>
      <p className="mt-1 mb-3 text-quiet">{texts.batchList.waitingHelp}</p>
      <div className="overflow-clip rounded-xl border border-line bg-sheet">
        <BatchTable caption={title} account={account} batches={batches} />
      </div>
    </section>
  );
}

type TableProps = Pick<BatchListProps, 'account'> & { caption: string; batches: BatchInList[] };

function BatchTable({ caption, account, batches }: TableProps) {
  return (
    <table className="w-full table-fixed border-separate border-spacing-0 max-md:block">
      <caption className="sr-only">{caption}</caption>
      <thead className="text-small text-faint max-md:sr-only">
        <tr>
          <th scope="col" className={`${head} w-[36%] ps-4`}>
            {texts.batchList.what}
          </th>
          <th scope="col" className={`${head} w-[18%]`}>
            {texts.batchList.state}
          </th>
          <th scope="col" className={head}>
            {texts.batchList.numbers}
          </th>
          <th scope="col" className={head}>
            {texts.batchList.who}
          </th>
          <th scope="col" className={`${head} w-[14%]`}>
            {texts.batchList.when}
          </th>
        </tr>
      </thead>
      <tbody className="max-md:block">
        {batches.map((batch) => (
          <tr
            key={batch.id}
            className="row-lines hover:bg-hover max-md:block max-md:[--cell-line:0px] max-md:px-4 max-md:py-3"
          >
            <th scope="row" className={`${cell} ps-4 text-start font-normal max-md:ps-0`}>
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
              <StateMark state={batch.state} />
            </td>
            <td className={cell}>
              {batch.state === 'draft'
                ? texts.batchList.draft
                : texts.batchList.numbersOf(batch.total, batch.changed, batch.failed)}
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
      </tbody>
    </table>
  );
}
