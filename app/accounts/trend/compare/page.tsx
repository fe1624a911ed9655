import type { Metadata } from 'next';
import { pageOperator } from '@/app/guard/pages.ts';
import * as texts from '@/lib/texts/trend/comparison.ts';
import { type SearchParams, withAsked } from '../asked-params.ts';
import { ComparePageOf } from '../compare-page.tsx';

export const generateMetadata = (): Metadata => ({ title: texts.comparePage.ofAll });

export default async function Page({ searchParams }: { searchParams: SearchParams }) {
  const operator = await pageOperator(await withAsked('/accounts/trend/compare', searchParams));
  return <ComparePageOf accountId={null} {...{ operator, searchParams }} />;
}
