import type { Metadata } from 'next';
import { ComparePageOf } from '@/app/accounts/trend/compare-page.tsx';
import { pageOperator } from '@/app/guard/pages.ts';
import { accountTitle } from '@/app/title.ts';
import * as texts from '@/lib/texts/trend/comparison.ts';

import { type SearchParams, withAsked } from '../../../trend/asked-params.ts';

type Props = { params: Promise<{ accountId: string }>; searchParams: SearchParams };

export async function generateMetadata({ params }: Pick<Props, 'params'>): Promise<Metadata> {
  return accountTitle((await params).accountId, texts.comparePage.title);
}

export default async function ComparePage({ params, searchParams }: Props) {
  const { accountId } = await params;
  const operator = await pageOperator(await withAsked(`/accounts/${accountId}/trend/compare`, searchParams), accountId);
  return <ComparePageOf {...{ accountId, operator, searchParams }} />;
}
