'use client';

import { comparePage as texts } from '@/lib/texts/trend/comparison.ts';
import { comparePath } from '@/lib/trend/address.ts';
import { comparisonDataPath, comparisonExportPath } from '@/lib/trend/days.ts';
import type { ComparisonAnswer, ComparisonView } from '@/lib/trend/view.ts';
import { NotReadAgain } from '../../licenses/not-read-again.tsx';
import { useKeptFresh } from '../../live/use-kept-fresh.ts';
import { useNews } from '../../live/use-news.ts';
import { useNowAndThen } from '../../live/use-now-and-then.ts';
import { buttonLook } from '../../ui/button.tsx';
import { HeadingBar, PageHeading } from '../../ui/heading.tsx';
import { SoftLink } from '../../ui/soft-link.tsx';
import { PeriodFactsLines } from '../period-facts.tsx';
import { PeriodProblem } from '../period-problem.tsx';
import { CompareForm } from './compare-form.tsx';
import { Definitions } from './definitions.tsx';
import { MatrixTable } from './matrix-table.tsx';
import { PlanLines } from './plan-lines.tsx';
import { PrintButton } from './print-button.tsx';
import { Splits } from './splits.tsx';

type CompareProps = {
  drawn: ComparisonView;
  /** The whole address of the page, for paper. */
  link: string;
};

/** Who had which plan on one day, and on another: what became more, what less, and through what. */
export function Compare({ drawn, link }: CompareProps) {
  const accountId = drawn.account?.id ?? null;
  const { data, isFailed, refetch } = useKeptFresh(comparisonDataPath(accountId, drawn.asked), drawn);
  const { account, asked, zone, answer } = data;
  const isThere = !('problem' in answer);
  return (
    <div className="on-one-sheet">
      {isThere && answer.endsNow && <KeptFresh accountId={accountId} readAgain={refetch} />}
      <HeadingBar>
        <PageHeading>{account ? texts.titleOf(account.name) : texts.ofAll}</PageHeading>
        {isThere && (
          <div className="flex flex-wrap gap-2 print:hidden">
            <PrintButton />
            <a href={comparisonExportPath(accountId, asked)} download className={buttonLook.plain}>
              {texts.exportCsv}
            </a>
          </div>
        )}
      </HeadingBar>
      {isThere && <PeriodFactsLines facts={answer} day={asked.from} zone={zone} />}
      {isFailed && <NotReadAgain retry={refetch} />}
      <CompareForm view={data} />
      {isThere ? (
        <Answer accountId={accountId} view={data} answer={answer} />
      ) : (
        <PeriodProblem problem={answer.problem} accountId={accountId} zone={zone} />
      )}
      <p className="mt-3 hidden print:block">
        {texts.link} <span className="font-mono text-micro break-all">{link}</span>
      </p>
    </div>
  );
}

type AnswerProps = { accountId: string | null; view: ComparisonView; answer: ComparisonAnswer };

function Answer({ accountId, view, answer }: AnswerProps) {
  const whose = { accountId, asked: view.asked };
  const isEmpty = [answer.opening, answer.closing].every((counts) => Object.values(counts).every((one) => one === 0));
  if (isEmpty && answer.cells.length === 0) return <p className="mt-8 text-large text-quiet">{texts.nobody}</p>;
  return (
    <>
      <PlanLines answer={answer} />
      <MatrixTable {...whose} answer={answer} />
      <Splits {...whose} zone={view.zone} answer={answer} />
      <OtherAccounts view={view} />
      <Definitions />
    </>
  );
}

/** From all accounts to one of them, and back, with the same days. */
function OtherAccounts({ view: { account, accounts, asked } }: { view: ComparisonView }) {
  const ways = account === null ? accounts : [{ id: null, name: texts.allAccounts }];
  return (
    <nav aria-label={texts.accounts} className="mt-8 print:hidden">
      {account === null && <h2 className="text-large font-semibold">{texts.accounts}</h2>}
      <ul className="mt-1 flex flex-wrap gap-x-6 gap-y-1">
        {ways.map(({ id, name }) => (
          <li key={id}>
            <SoftLink href={comparePath(id, asked)} className="text-act">
              {name}
            </SoftLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** Nothing is drawn: what is shown is read again when it may be different. */
function KeptFresh({ accountId, readAgain }: { accountId: string | null; readAgain: () => void }) {
  return accountId === null ? <NowAndThen readAgain={readAgain} /> : <News {...{ accountId, readAgain }} />;
}

function News({ accountId, readAgain }: { accountId: string; readAgain: () => void }) {
  useNews(accountId, readAgain);
  return null;
}

function NowAndThen({ readAgain }: { readAgain: () => void }) {
  useNowAndThen(readAgain);
  return null;
}
