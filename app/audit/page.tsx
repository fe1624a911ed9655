import type { Metadata } from 'next';
import { pageOperator } from '@/app/guard/pages.ts';
import { texts } from '@/lib/texts/catalogue.ts';
import { AuditOf, type SearchParams } from './audit-page.tsx';

export const metadata: Metadata = { title: texts.auditPage.all };

export default async function WholeAuditPage({ searchParams }: { searchParams: SearchParams }) {
  await pageOperator('/audit', undefined, 'audit:view-all');
  return (
    <AuditOf account={null} address="/audit" exportAddress="/api/audit/export" searchParams={searchParams} all={null} />
  );
}
