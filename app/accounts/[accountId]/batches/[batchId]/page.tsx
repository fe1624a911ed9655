import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { z } from 'zod';
import { pageOperator } from '@/app/guard/pages.ts';
import { currentOperator } from '@/app/guard/session.ts';
import { accountTitle } from '@/app/title.ts';
import { Batch } from '@/components/batches/batch.tsx';
import { isInScope } from '@/lib/accounts/scope.ts';
import { findAccount } from '@/lib/accounts/store.ts';
import type { Operator } from '@/lib/auth/store.ts';
import { reportOnBatch } from '@/lib/batches/show-batch.ts';
import { deps } from '@/lib/deps.ts';
import { may } from '@/lib/operators/permissions.ts';
import { batchName } from '@/lib/texts/batches.ts';
import { pages } from '@/lib/texts/pages.ts';
import { approveBatch, editDraft, moveStart, prepareBatch, steerBatch, submitBatch } from '../actions.ts';

type Props = { params: Promise<{ accountId: string; batchId: string }> };

/** Read once for a page and its title. */
const report = cache((accountId: string, batchId: string, operator: Operator) =>
  z.uuid().safeParse(batchId).success
    ? reportOnBatch(deps(), accountId, batchId, operator, deps().settings.BATCH_LIMITS)
    : undefined,
);

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { accountId, batchId } = await params;
  const operator = await currentOperator();
  const isTheirs = operator && may(operator, 'batches:view') && isInScope(operator.accounts, accountId);
  const batch = isTheirs ? (await report(accountId, batchId, operator))?.batch : undefined;
  return batch ? accountTitle(accountId, batchName(batch)) : { title: pages.missingTitle };
}

export default async function BatchPage({ params }: Props) {
  const { accountId, batchId } = await params;
  const operator = await pageOperator(`/accounts/${accountId}/batches/${batchId}`, accountId);
  const account = await findAccount(deps(), accountId);
  if (!account || !may(operator, 'batches:view')) notFound();
  const drawn = await report(accountId, batchId, operator);
  if (!drawn) notFound();
  return (
    <Batch
      key={batchId}
      account={{ id: accountId, name: account.name }}
      drawn={drawn}
      operatorId={operator.id}
      canRun={may(operator, 'batches:run')}
      actions={{ prepareBatch, editDraft, submitBatch, moveStart, approveBatch, steerBatch }}
    />
  );
}
