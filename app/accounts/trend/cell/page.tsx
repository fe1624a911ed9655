import type { Metadata } from 'next';
import { pageOperator } from '@/app/guard/pages.ts';
import * as texts from '@/lib/texts/trend/comparison.ts';
import { type SearchParams, withAsked } from '../asked-params.ts';
import { MovedPageOf } from '../moved-page.tsx';

export const generateMetadata = (): Metadata => ({ title: texts.movedPage.title });

export default async function Page({ searchParams }: { searchParams: SearchParams }) {
  const operator = await pageOperator(await withAsked('/accounts/trend/cell', searchParams));
  return <MovedPageOf of="cell" accountId={null} {...{ operator, searchParams }} />;
}
