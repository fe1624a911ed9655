import { download } from '@/app/download.ts';
import type { Caller } from '@/app/guard/routes.ts';
import { recordExport } from '@/lib/audit/record-export.ts';
import { deps, readingDeps } from '@/lib/deps.ts';
import { exportMoved } from '@/lib/exports/export-moved.ts';
import { filePart } from '@/lib/exports/export-name.ts';
import { Refusal } from '@/lib/failures.ts';
import { periodProblem } from '@/lib/texts/trend/comparison.ts';
import { dayOf } from '@/lib/trend/calendar.ts';
import { findWhose } from '@/lib/trend/find-whose.ts';
import { type MovedAsked, movedParams, movedPeriod } from '@/lib/trend/links.ts';
import { countOfCell, countOfStep, everyoneOfCell, everyoneOfStep } from '@/lib/trend/moved/list-moved.ts';

/** The file of the people behind a number, of one account or of all accounts of an operator. */
export async function downloadMoved(
  caller: Caller,
  asked: MovedAsked | null,
  accountId: string | null,
): Promise<Response> {
  const { settings } = deps();
  const zone = settings.REPORT_ZONE;
  const whose = await findWhose(deps(), accountId, caller.operator.accounts);
  if (!whose) throw new Refusal('unknown-account', 'No such account.');
  if (!asked) throw new Refusal('invalid', 'This is no list of people.');
  const wanted = movedPeriod(asked, new Date(), zone);
  if ('code' in wanted) throw new Refusal('invalid', periodProblem(wanted, zone));
  const period = { accountIds: whose.accounts.map(({ id }) => id), from: wanted.from, to: wanted.to };
  const { db } = await readingDeps();
  const everyone =
    asked.of === 'cell' ? everyoneOfCell(db, period, asked.filter) : everyoneOfStep(db, period, asked.filter);
  const name = filePart((whose.account?.name ?? 'all-accounts').toLowerCase()) || accountId;
  return download(caller, {
    chunks: exportMoved(everyone, whose.accounts),
    name: `people-changed-${name}-${dayOf(wanted.from, zone)}-to-${dayOf(lastMomentOf(wanted), zone)}.csv`,
    type: 'text/csv',
    record: async () =>
      recordExport(deps().db, caller, {
        what: 'moved',
        accountId: accountId ?? undefined,
        filter: movedParams(asked).toString(),
        rows: await (asked.of === 'cell'
          ? countOfCell(db, period, asked.filter)
          : countOfStep(db, period, asked.filter)),
      }),
  });
}

const lastMomentOf = ({ to }: { to: Date }) => new Date(Math.min(to.getTime() - 1, Date.now()));
