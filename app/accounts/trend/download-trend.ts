import { download } from '@/app/download.ts';
import type { Caller } from '@/app/guard/routes.ts';
import { deps, reading } from '@/lib/deps.ts';
import { exportTrend, trendExportName } from '@/lib/exports/export-trend.ts';
import { Refusal } from '@/lib/failures.ts';
import { periodProblem } from '@/lib/texts/trend/comparison.ts';
import { trendAsked } from '@/lib/trend/address.ts';
import { viewTrend } from '@/lib/trend/view-trend.ts';

type Account = { id: string; name: string };

/** The numbers of a trend as a file; it names no person, so the audit has no entry of it. */
export async function downloadTrend(
  caller: Caller,
  accounts: Account[],
  name: string,
  params: Record<string, string | undefined>,
): Promise<Response> {
  const { settings } = deps();
  const ids = accounts.map(({ id }) => id);
  const view = await reading(({ db }) => viewTrend(db, ids, trendAsked(params), settings.REPORT_ZONE));
  if (view.problem) throw new Refusal('invalid', periodProblem(view.problem, settings.REPORT_ZONE));
  return download(caller, {
    chunks: exportTrend(view.series, name),
    name: trendExportName(name, view.series),
    type: 'text/csv',
    record: null,
  });
}
