import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { pageOperator } from '@/app/guard/pages.ts';
import { accountTitle } from '@/app/title.ts';
import { Licenses } from '@/components/licenses/licenses.tsx';
import { showLicenses } from '@/lib/counts/show-licenses.ts';
import { deps } from '@/lib/deps.ts';
import { licensesPage } from '@/lib/texts/licenses.ts';
import { refreshDirectory } from '../users/actions.ts';

export async function generateMetadata({ params }: { params: Promise<{ accountId: string }> }): Promise<Metadata> {
  return accountTitle((await params).accountId, licensesPage.title);
}

export default async function LicensesPage({ params }: { params: Promise<{ accountId: string }> }) {
  const { accountId } = await params;
  await pageOperator(`/accounts/${accountId}/licenses`, accountId);
  const licenses = await showLicenses(deps(), accountId);
  if (!licenses) notFound();
  return <Licenses key={accountId} drawn={licenses} refreshDirectory={refreshDirectory} />;
}
