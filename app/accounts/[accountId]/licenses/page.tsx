import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { Suspense } from 'react';
import { drawAgain } from '@/app/accounts/trend/actions.ts';
import { CostNoteOf } from '@/app/accounts/trend/cost-note.tsx';
import { pageOperator } from '@/app/guard/pages.ts';
import { accountTitle } from '@/app/title.ts';
import { Licenses } from '@/components/licenses/licenses.tsx';
import { countTrends, LicensesTrend } from '@/components/trend/licenses-trend.tsx';
import { showLicenses } from '@/lib/counts/show-licenses.ts';
import { deps, reading } from '@/lib/deps.ts';
import { licensesPage } from '@/lib/texts/licenses.ts';
import { trendAsked } from '@/lib/trend/address.ts';
import { countsNow } from '@/lib/trend/count-now.ts';
import { viewTrend } from '@/lib/trend/view-trend.ts';
import { refreshMirror } from '../users/actions.ts';

export async function generateMetadata({ params }: { params: Promise<{ accountId: string }> }): Promise<Metadata> {
  return accountTitle((await params).accountId, licensesPage.title);
}

export default async function LicensesPage({ params }: { params: Promise<{ accountId: string }> }) {
  const { accountId } = await params;
  const operator = await pageOperator(`/accounts/${accountId}/licenses`, accountId);
  const { settings } = deps();
  const [licenses, { counts }, view] = await reading((from) =>
    Promise.all([
      showLicenses(from, accountId),
      countsNow(from.db, [accountId], settings.REPORT_ZONE),
      viewTrend(from.db, [accountId], trendAsked({}), settings.REPORT_ZONE),
    ]),
  );
  if (!licenses) notFound();
  const account = { id: accountId, name: licenses.account.name };
  return (
    <Licenses
      key={accountId}
      drawn={licenses}
      refreshMirror={refreshMirror}
      drawAgain={drawAgain}
      trend={
        <LicensesTrend accountId={accountId} view={view}>
          <Suspense>
            <CostNoteOf whose={{ account, accounts: [account] }} operator={operator} />
          </Suspense>
        </LicensesTrend>
      }
      trendOf={countTrends(counts, view)}
    />
  );
}
