import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { pageOperator } from '@/app/guard.ts';
import { Licenses } from '@/components/licenses/licenses.tsx';
import { viewOf } from '@/lib/accounts/account.ts';
import { deps } from '@/lib/deps.ts';
import { showLicenses } from '@/lib/licenses/show-licenses.ts';
import { texts } from '@/lib/texts/catalogue.ts';

export const metadata: Metadata = { title: texts.licensesPage.title };

export default async function LicensesPage({ params }: { params: Promise<{ accountId: string }> }) {
  const { accountId } = await params;
  await pageOperator(`/accounts/${accountId}/licenses`);
  const licenses = await showLicenses(deps().db, accountId);
  if (!licenses) notFound();
  const { account, freshness, table } = licenses;
  return <Licenses account={viewOf(account)} freshness={freshness} table={table} />;
}
