import type { Metadata } from 'next';
import { MovedPageOf } from '@/app/accounts/trend/moved-page.tsx';
import { pageOperator } from '@/app/guard/pages.ts';
import { accountTitle } from '@/app/title.ts';
import * as texts from '@/lib/texts/trend/comparison.ts';
import { type SearchParams, withAsked } from '../../../trend/asked-params.ts';

type Props = { params: Promise<{ accountId: string }>; searchParams: SearchParams };

export async function generateMetadata({ params }: Pick<Props, 'params'>): Promise<Metadata> {
  return accountTitle((await params).accountId, texts.movedPage.title);
}

export default async function Page({ params, searchParams }: Props) {
  const { accountId } = await params;
  const operator = await pageOperator(await withAsked(`/accounts/${accountId}/trend/step`, searchParams), accountId);
  return <MovedPageOf of="step" {...{ accountId, operator, searchParams }} />;
}
