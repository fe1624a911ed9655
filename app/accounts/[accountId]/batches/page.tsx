import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { z } from 'zod';
import { pageOperator } from '@/app/guard.ts';
import { batchesPath } from '@/components/batches/addresses.ts';
import { BatchList } from '@/components/batches/batch-list.tsx';
import { findAccount } from '@/lib/accounts/store.ts';
import { may } from '@/lib/auth/permissions.ts';
import { showBatches } from '@/lib/batches/show-batch.ts';
import { deps } from '@/lib/deps.ts';
import { texts } from '@/lib/texts/catalogue.ts';

export const metadata: Metadata = { title: texts.batchList.title };

type Props = {
  params: Promise<{ accountId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function BatchesPage({ params, searchParams }: Props) {
  const { accountId } = await params;
  const before = z.uuid().safeParse((await searchParams).before).data;
  const operator = await pageOperator(batchesPath(accountId, before), accountId);
  const { db } = deps();
  const account = await findAccount(deps(), accountId);
  if (!account || !may(operator, 'batches:view')) notFound();
  const { id, name } = account;
  return (
    <BatchList
      key={`${id} ${before}`}
      account={{ id, name }}
      before={before}
      drawn={await showBatches(db, id, operator.id, before)}
      canRun={may(operator, 'batches:run')}
    />
  );
}
