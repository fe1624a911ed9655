import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { pageOperator } from '@/app/guard/pages.ts';
import { accountTitle } from '@/app/title.ts';
import { batchesPath } from '@/components/batches/addresses.ts';
import { NewBatch } from '@/components/batches/form/new-batch.tsx';
import { PageHeading } from '@/components/ui/heading.tsx';
import { Notice } from '@/components/ui/notice.tsx';
import { SoftLink } from '@/components/ui/soft-link.tsx';
import { viewOf } from '@/lib/accounts/account.ts';
import { findAccount } from '@/lib/accounts/store.ts';
import { showCounts } from '@/lib/counts/show-counts.ts';
import { deps } from '@/lib/deps.ts';
import { may } from '@/lib/operators/permissions.ts';
import { filterFromParams, paramsFromFilter, type UserFilter } from '@/lib/search/filter.ts';
import { filterWords, newBatch } from '@/lib/texts/batches.ts';
import { prepareBatch } from '../actions.ts';

export async function generateMetadata({ params }: { params: Promise<{ accountId: string }> }): Promise<Metadata> {
  return accountTitle((await params).accountId, newBatch.title);
}

type Props = {
  params: Promise<{ accountId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function NewBatchPage({ params, searchParams }: Props) {
  const { accountId } = await params;
  const given = new URLSearchParams(firstOfEach(await searchParams));
  const path = `/accounts/${accountId}/batches/new${given.size > 0 ? `?${given}` : ''}`;
  const operator = await pageOperator(path, accountId);
  const account = await findAccount(deps(), accountId);
  if (!account || !may(operator, 'batches:view')) notFound();
  const view = viewOf(account);
  const refusal = !may(operator, 'batches:run') ? newBatch.notAllowed : view.directoryManaged ? newBatch.managed : null;
  const people = given.get('people');
  const matching = refusal === null && people === 'filter' ? await matchingOf(accountId, given) : null;
  return (
    <>
      <PageHeading>{newBatch.title}</PageHeading>
      {refusal === null ? (
        <>
          <p className="mt-1 text-quiet">{newBatch.lead}</p>
          <NewBatch
            key={String(given)}
            account={view}
            matching={matching}
            isTicked={people === 'chosen'}
            prepareBatch={prepareBatch}
          />
        </>
      ) : (
        <div className="mt-4">
          <Notice
            tone="wait"
            icon="lock"
            acts={
              <SoftLink href={batchesPath(accountId)} className="text-act">
                {newBatch.toBatches}
              </SoftLink>
            }
          >
            {refusal}
          </Notice>
        </div>
      )}
    </>
  );
}

async function matchingOf(accountId: string, params: URLSearchParams) {
  const filter: UserFilter = { ...filterFromParams(params), cursor: undefined };
  const { total } = await showCounts(deps().db, accountId, filter);
  return { params: paramsFromFilter(filter), people: total, words: filterWords(filter) };
}

/** A parameter that stands in the address twice counts once. */
function firstOfEach(params: Record<string, string | string[] | undefined>): [string, string][] {
  return Object.entries(params).flatMap(([name, value]): [string, string][] => {
    const first = Array.isArray(value) ? value[0] : value;
    return first === undefined ? [] : [[name, first]];
  });
}
