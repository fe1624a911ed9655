import type { Metadata } from 'next';
import { pageOperator } from '@/app/guard/pages.ts';
import { auditPage } from '@/lib/texts/audit.ts';
import { AuditOf, type SearchParams } from './audit-page.tsx';

export const generateMetadata = (): Metadata => ({ title: auditPage.all });

export default async function WholeAuditPage({ searchParams }: { searchParams: SearchParams }) {
  await pageOperator('/audit', undefined, 'audit:view-all');
  return (
    <AuditOf account={null} address="/audit" exportAddress="/api/audit/export" searchParams={searchParams} all={null} />
  );
}
