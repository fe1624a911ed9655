import { download } from '@/app/download.ts';
import type { Caller } from '@/app/guard.ts';
import { exportEntries, type Format } from '@/lib/audit/export-entries.ts';
import { auditFilterFrom, isNarrowAudit } from '@/lib/audit/filter.ts';
import { deps } from '@/lib/deps.ts';

const types = { csv: 'text/csv', jsonl: 'application/jsonl' } as const;

/** The file of what an address finds, of one account or of all; its name says so where that is not everything. */
export function downloadAudit(
  caller: Caller,
  query: Record<string, string>,
  format: Format,
  accountId: string | null,
): Response {
  const filter = auditFilterFrom(new Map(Object.entries(query)), accountId);
  const whose = accountId === null ? 'all-accounts' : accountId;
  const day = new Date().toISOString().slice(0, 10);
  const name = ['audit', whose, ...(isNarrowAudit(filter) ? ['filtered'] : []), day].join('-');
  return download(caller, exportEntries(deps().db, filter, format), `${name}.${format}`, types[format]);
}
