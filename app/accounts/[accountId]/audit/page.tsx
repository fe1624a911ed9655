import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { AuditOf, type SearchParams } from '@/app/audit/audit-page.tsx';
import { pageOperator } from '@/app/guard/pages.ts';
import { accountTitle } from '@/app/title.ts';
import { findAccount } from '@/lib/accounts/store.ts';
import { deps } from '@/lib/deps.ts';
import { may } from '@/lib/operators/permissions.ts';
import { auditPage } from '@/lib/texts/audit.ts';

export async function generateMetadata({ params }: { params: Promise<{ accountId: string }> }): Promise<Metadata> {
  return accountTitle((await params).accountId, auditPage.title);
}

type Props = { params: Promise<{ accountId: string }>; searchParams: SearchParams };

export default async function AuditPage({ params, searchParams }: Props) {
  const { accountId } = await params;
  const address = `/accounts/${accountId}/audit`;
  const operator = await pageOperator(address, accountId);
  const account = await findAccount(deps(), accountId);
  if (!account) notFound();
  return (
    <AuditOf
      account={account}
      address={address}
      exportAddress={`/api/accounts/${accountId}/audit/export`}
      searchParams={searchParams}
      all={may(operator, 'audit:view-all') ? '/audit' : null}
    />
  );
}
