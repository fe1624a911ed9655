import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { Suspense } from 'react';
import { drawAgain } from '@/app/accounts/trend/actions.ts';
import { CostNoteOf } from '@/app/accounts/trend/cost-note.tsx';
import { pageOperator } from '@/app/guard/pages.ts';
import { accountTitle } from '@/app/title.ts';
import { Questions } from '@/components/trend/questions.tsx';
import { Trend } from '@/components/trend/trend.tsx';
import { findAccount } from '@/lib/accounts/store.ts';
import { countQuestions } from '@/lib/counts/count-questions.ts';
import { deps, reading } from '@/lib/deps.ts';
import { trendPage } from '@/lib/texts/trend/trend.ts';
import { trendAsked, trendPath } from '@/lib/trend/address.ts';
import { viewTrend } from '@/lib/trend/view-trend.ts';
import { type SearchParams, withAsked } from '../../trend/asked-params.ts';

type Props = {
  params: Promise<{ accountId: string }>;
  searchParams: SearchParams;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return accountTitle((await params).accountId, trendPage.title);
}

export default async function TrendPage({ params, searchParams }: Props) {
  const { accountId } = await params;
  const asked = trendAsked(await searchParams);
  const operator = await pageOperator(await withAsked(trendPath(accountId), searchParams), accountId);
  const { settings } = deps();
  const account = await findAccount(deps(), accountId);
  if (!account) notFound();
  const named = { id: accountId, name: account.name };
  const view = await reading(({ db }) => viewTrend(db, [accountId], asked, settings.REPORT_ZONE));
  return (
    <Trend
      account={account}
      accounts={[account]}
      asked={asked}
      view={view}
      zone={settings.REPORT_ZONE}
      drawAgain={drawAgain}
    >
      <Suspense>
        <CostNoteOf whose={{ account: named, accounts: [named] }} operator={operator} />
      </Suspense>
      <Suspense>
        <AnsweredQuestions accountId={accountId} />
      </Suspense>
    </Trend>
  );
}

/** Comes after the chart: some of the questions take longer to count in a large account. */
async function AnsweredQuestions({ accountId }: { accountId: string }) {
  const answered = await reading(({ db }) => countQuestions(db, accountId));
  return <Questions accountId={accountId} answered={answered} />;
}
