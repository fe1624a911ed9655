import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { pageOperator } from '@/app/guard.ts';
import { BatchList } from '@/components/batches/batch-list.tsx';
import { findAccount } from '@/lib/accounts/store.ts';
import { may } from '@/lib/auth/permissions.ts';
import { showBatches } from '@/lib/batches/show-batch.ts';
import { deps } from '@/lib/deps.ts';
import { texts } from '@/lib/texts/catalogue.ts';

export const metadata: Metadata = { title: texts.batchList.title };

export default async function BatchesPage({ params }: { params: Promise<{ accountId: string }> }) {
  const { accountId } = await params;
  const operator = await pageOperator(`/accounts/${accountId}/batches`, accountId);
  const { db } = deps();
  const account = await findAccount(db, accountId);
  if (!account || !may(operator, 'batches:view')) notFound();
  const { id, name } = account;
  return (
    <BatchList
      key={id}
      account={{ id, name }}
      drawn={await showBatches(db, id, operator.id)}
      canRun={may(operator, 'batches:run')}
    />
  );
}
