import type { Metadata } from 'next';
import { pageOperator } from '@/app/guard/pages.ts';
import { costPage } from '@/lib/texts/costs.ts';
import { type SearchParams, withAsked } from '../asked-params.ts';
import { CostPageOf } from '../cost-page.tsx';

export const generateMetadata = (): Metadata => ({ title: costPage.titleOfAll });

export default async function Page({ searchParams }: { searchParams: SearchParams }) {
  const operator = await pageOperator(await withAsked('/accounts/trend/cost', searchParams));
  return <CostPageOf accountId={null} {...{ operator, searchParams }} />;
}
