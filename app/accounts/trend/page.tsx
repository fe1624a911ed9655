import type { Metadata } from 'next';
import { Suspense } from 'react';
import { pageOperator } from '@/app/guard/pages.ts';
import { NoAccountsPage } from '@/components/shell/missing-page.tsx';
import { AccountTrends } from '@/components/trend/account-trends.tsx';
import { Trend } from '@/components/trend/trend.tsx';
import { listAccounts } from '@/lib/accounts/store.ts';
import { deps, reading } from '@/lib/deps.ts';
import { trendPage } from '@/lib/texts/trend/trend.ts';
import { trendAsked, trendPath } from '@/lib/trend/address.ts';
import { viewTrend } from '@/lib/trend/view-trend.ts';
import { drawAgain } from './actions.ts';
import { type SearchParams, withAsked } from './asked-params.ts';
import { CostNoteOf } from './cost-note.tsx';

export const generateMetadata = (): Metadata => ({ title: trendPage.allTitle });

type Props = { searchParams: SearchParams };

export default async function TrendOfAllPage({ searchParams }: Props) {
  const asked = trendAsked(await searchParams);
  const operator = await pageOperator(await withAsked(trendPath(null), searchParams));
  const { db, settings } = deps();
  const accounts = await listAccounts(db, operator.accounts);
  if (accounts.length === 0) return <NoAccountsPage />;
  const ids = accounts.map(({ id }) => id);
  const view = await reading((from) => viewTrend(from.db, ids, asked, settings.REPORT_ZONE));
  const named = accounts.map(({ id, name }) => ({ id, name }));
  return (
    <Trend account={null} accounts={named} asked={asked} view={view} zone={settings.REPORT_ZONE} drawAgain={drawAgain}>
      <Suspense>
        <CostNoteOf whose={{ account: null, accounts: named }} operator={operator} />
      </Suspense>
      <AccountTrends accounts={named} asked={asked} />
    </Trend>
  );
}
