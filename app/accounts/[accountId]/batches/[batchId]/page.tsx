import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { z } from 'zod';
import { pageOperator } from '@/app/guard.ts';
import { Batch } from '@/components/batches/batch.tsx';
import { findAccount } from '@/lib/accounts/store.ts';
import { may } from '@/lib/auth/permissions.ts';
import { reportOnBatch } from '@/lib/batches/show-batch.ts';
import { deps } from '@/lib/deps.ts';
import { texts } from '@/lib/texts/catalogue.ts';
import { approveBatch, editDraft, moveStart, prepareBatch, steerBatch, submitBatch } from '../actions.ts';

export const metadata: Metadata = { title: texts.batchPage.title };

export default async function BatchPage({ params }: { params: Promise<{ accountId: string; batchId: string }> }) {
  const { accountId, batchId } = await params;
  const operator = await pageOperator(`/accounts/${accountId}/batches/${batchId}`, accountId);
  const account = await findAccount(deps(), accountId);
  if (!account || !may(operator, 'batches:view') || !z.uuid().safeParse(batchId).success) notFound();
  const report = await reportOnBatch(deps(), accountId, batchId, operator, deps().settings.BATCH_LIMITS);
  if (!report) notFound();
  return (
    <Batch
      key={batchId}
      account={{ id: accountId, name: account.name }}
      drawn={report}
      operatorId={operator.id}
      canRun={may(operator, 'batches:run')}
      actions={{ prepareBatch, editDraft, submitBatch, moveStart, approveBatch, steerBatch }}
    />
  );
}
