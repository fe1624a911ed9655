import { download } from '@/app/download.ts';
import type { Caller } from '@/app/guard/routes.ts';
import { findAccount } from '@/lib/accounts/store.ts';
import { auditFilterFrom, isNarrowAudit, paramsFromAuditFilter } from '@/lib/audit/filter.ts';
import { recordExport } from '@/lib/audit/record-export.ts';
import { countEntries } from '@/lib/audit/store.ts';
import { deps, readingDeps } from '@/lib/deps.ts';
import { exportEntries, type Format } from '@/lib/exports/export-entries.ts';
import { filePart } from '@/lib/exports/export-name.ts';

const types = { csv: 'text/csv', jsonl: 'application/jsonl' } as const;

/** The file of what an address finds, of one account or of all; its name says of which, and where that is not everything. */
export async function downloadAudit(
  caller: Caller,
  query: Record<string, string>,
  format: Format,
  accountId: string | null,
): Promise<Response> {
  const filter = auditFilterFrom(new Map(Object.entries(query)), accountId);
  const { db } = deps();
  const account = accountId === null ? undefined : await findAccount(deps(), accountId);
  const whose = accountId === null ? 'all-accounts' : filePart((account?.name ?? accountId).toLowerCase()) || accountId;
  const day = new Date().toISOString().slice(0, 10);
  const name = ['audit', whose, ...(isNarrowAudit(filter) ? ['filtered'] : []), day].join('-');
  const from = await readingDeps();
  return download(caller, {
    chunks: exportEntries(from.db, filter, format),
    name: `${name}.${format}`,
    type: types[format],
    record: async () =>
      recordExport(db, caller, {
        what: 'audit',
        accountId: accountId ?? undefined,
        filter: paramsFromAuditFilter(filter).toString(),
        rows: await countEntries(from.db, filter),
      }),
  });
}
