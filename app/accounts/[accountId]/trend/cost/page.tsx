import type { Metadata } from 'next';
import { CostPageOf } from '@/app/accounts/trend/cost-page.tsx';
import { pageOperator } from '@/app/guard/pages.ts';
import { accountTitle } from '@/app/title.ts';
import { costPage } from '@/lib/texts/costs.ts';
import { type SearchParams, withAsked } from '../../../trend/asked-params.ts';

type Props = { params: Promise<{ accountId: string }>; searchParams: SearchParams };

export async function generateMetadata({ params }: Pick<Props, 'params'>): Promise<Metadata> {
  return accountTitle((await params).accountId, costPage.title);
}

export default async function CostPage({ params, searchParams }: Props) {
  const { accountId } = await params;
  const operator = await pageOperator(await withAsked(`/accounts/${accountId}/trend/cost`, searchParams), accountId);
  return <CostPageOf {...{ accountId, operator, searchParams }} />;
}
