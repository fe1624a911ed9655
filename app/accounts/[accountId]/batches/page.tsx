import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { z } from 'zod';
import { pageOperator } from '@/app/guard/pages.ts';
import { accountTitle } from '@/app/title.ts';
import { batchesPath } from '@/components/batches/addresses.ts';
import { BatchList } from '@/components/batches/batch-list.tsx';
import { findAccount } from '@/lib/accounts/store.ts';
import { showBatches } from '@/lib/batches/show-batches.ts';
import { deps } from '@/lib/deps.ts';
import { may } from '@/lib/operators/permissions.ts';
import { batchList } from '@/lib/texts/batches.ts';

export async function generateMetadata({ params }: { params: Promise<{ accountId: string }> }): Promise<Metadata> {
  return accountTitle((await params).accountId, batchList.title);
}

type Props = {
  params: Promise<{ accountId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function BatchesPage({ params, searchParams }: Props) {
  const { accountId } = await params;
  const given = await searchParams;
  const asked = { before: z.uuid().safeParse(given.before).data, withPreviews: given.previews === '1' };
  const operator = await pageOperator(batchesPath(accountId, asked), accountId);
  const { db } = deps();
  const account = await findAccount(deps(), accountId);
  if (!account || !may(operator, 'batches:view')) notFound();
  const { id, name } = account;
  const canRun = may(operator, 'batches:run');
  return (
    <BatchList
      key={batchesPath(id, asked)}
      account={{ id, name }}
      asked={asked}
      drawn={await showBatches(db, id, { id: operator.id, mayApprove: canRun }, asked)}
      canRun={canRun}
    />
  );
}
