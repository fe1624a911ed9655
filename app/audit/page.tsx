import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { pageOperator } from '@/app/guard.ts';
import { recordEntry } from '@/lib/audit/store.ts';
import { may } from '@/lib/auth/permissions.ts';
import { deps } from '@/lib/deps.ts';
import { texts } from '@/lib/texts/catalogue.ts';
import { AuditOf, type SearchParams } from './audit-page.tsx';

export const metadata: Metadata = { title: texts.auditPage.all };

export default async function WholeAuditPage({ searchParams }: { searchParams: SearchParams }) {
  const operator = await pageOperator('/audit');
  if (!may(operator, 'audit:view-all')) {
    const why = 'audit:view-all';
    await recordEntry(deps().db, { action: 'denied', operator, requestId: randomUUID(), why, failure: 'not-allowed' });
    notFound();
  }
  return (
    <AuditOf account={null} address="/audit" exportAddress="/api/audit/export" searchParams={searchParams} all={null} />
  );
}
