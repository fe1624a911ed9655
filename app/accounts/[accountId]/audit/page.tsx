import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { pageOperator } from '@/app/guard.ts';
import { AuditList } from '@/components/audit/audit-list.tsx';
import { findAccount } from '@/lib/accounts/store.ts';
import { listEntries } from '@/lib/audit/store.ts';
import { deps } from '@/lib/deps.ts';
import { texts } from '@/lib/texts/catalogue.ts';

export const metadata: Metadata = { title: texts.auditPage.title };

type Props = { params: Promise<{ accountId: string }>; searchParams: Promise<{ before?: string | string[] }> };

export default async function AuditPage({ params, searchParams }: Props) {
  const { accountId } = await params;
  const address = `/accounts/${accountId}/audit`;
  await pageOperator(address);
  const account = await findAccount(deps().db, accountId);
  if (!account) notFound();
  const before = sequenceFrom((await searchParams).before);
  const { entries, next } = await listEntries(deps().db, accountId, { before });

  return (
    <AuditList
      entries={entries}
      accountName={account.name}
      older={next && `${address}?before=${next}`}
      newest={before ? address : null}
    />
  );
}

/** Where the page goes on from; what is not one of our sequence numbers begins at the newest entry. */
function sequenceFrom(text: string | string[] | undefined): string | undefined {
  return typeof text === 'string' && /^[1-9]\d{0,17}$/.test(text) ? text : undefined;
}
