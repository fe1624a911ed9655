import { download } from '@/app/download.ts';
import type { Caller } from '@/app/guard/routes.ts';
import { recordExport } from '@/lib/audit/record-export.ts';
import { deps, reading } from '@/lib/deps.ts';
import { exportComparison, rowsOfComparison } from '@/lib/exports/export-comparison.ts';
import { filePart } from '@/lib/exports/export-name.ts';
import { Refusal } from '@/lib/failures.ts';
import { periodProblem } from '@/lib/texts/trend/comparison.ts';
import { daysParams } from '@/lib/trend/address.ts';
import { dayOf } from '@/lib/trend/calendar.ts';
import { readComparison } from '@/lib/trend/comparison/show-comparison.ts';
import { daysAsked } from '@/lib/trend/days.ts';
import { findWhose } from '@/lib/trend/find-whose.ts';

/** The file of a comparison, of one account or of all accounts of an operator: every number of it. */
export async function downloadComparison(
  caller: Caller,
  query: Record<string, string>,
  accountId: string | null,
): Promise<Response> {
  const { db, settings } = deps();
  const zone = settings.REPORT_ZONE;
  const asked = daysAsked(query);
  const whose = await findWhose(deps(), accountId, caller.operator.accounts);
  if (!whose) throw new Refusal('unknown-account', 'No such account.');
  const read = await reading((from) => readComparison(from.db, whose, asked, zone));
  if ('problem' in read) throw new Refusal('invalid', periodProblem(read.problem, zone));
  const { comparison } = read;
  const [from, to] = [new Date(comparison.from), new Date(Date.parse(comparison.to) - 1)];
  const name = filePart((whose.account?.name ?? 'all-accounts').toLowerCase()) || accountId;
  return download(caller, {
    chunks: exportComparison(whose, read),
    name: `comparison-${name}-${dayOf(from, zone)}-to-${dayOf(to, zone)}.csv`,
    type: 'text/csv',
    record: () =>
      recordExport(db, caller, {
        what: 'comparison',
        accountId: accountId ?? undefined,
        filter: daysParams(asked).toString(),
        rows: rowsOfComparison(read),
      }),
  });
}
