import { download } from '@/app/download.ts';
import type { Caller } from '@/app/guard/routes.ts';
import { deps, readingDeps } from '@/lib/deps.ts';
import { costExportName, exportCost } from '@/lib/exports/export-cost.ts';
import { Refusal } from '@/lib/failures.ts';
import { findWhose } from '@/lib/trend/find-whose.ts';

/** What Pro can cost in each month, as a file; it names no person, so the audit has no entry of it. */
export async function downloadCost(caller: Caller, accountId: string | null): Promise<Response> {
  const { settings } = deps();
  const whose = await findWhose(deps(), accountId, caller.operator.accounts);
  if (!whose) throw new Refusal('unknown-account', 'No such account.');
  const { db } = await readingDeps();
  return download(caller, {
    chunks: exportCost(db, whose, settings.REPORT_ZONE),
    name: costExportName(whose, new Date(), settings.REPORT_ZONE),
    type: 'text/csv',
    record: null,
  });
}
