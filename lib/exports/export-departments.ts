import { csvHead, csvLine } from '../csv.ts';
import type { Database } from '../db/database.ts';
import { breakdownOf } from '../departments/department.ts';
import { countDepartments } from '../departments/store.ts';
import { departmentsPage as texts } from '../texts/departments.ts';
import { dayOf } from '../trend/calendar.ts';
import { filePart } from './export-name.ts';

/** As in `departments-nordwind-group-2026-11-28.csv`. */
export const departmentsExportName = (accountName: string, now: Date, zone: string): string =>
  `${['departments', filePart(accountName.toLowerCase()), dayOf(now, zone)].filter((part) => part !== '').join('-')}.csv`;

/** So many lines are made at once. */
const atOnce = 500;

/** How many people of each department have which plan now, as CSV (RFC 4180): all departments, the largest first. */
export async function* exportDepartments(db: Database, accountId: string): AsyncGenerator<string> {
  const { licenses, rows } = breakdownOf(await countDepartments(db, accountId), Number.POSITIVE_INFINITY);
  yield csvHead([texts.department, texts.people, ...licenses.map(texts.plan)]);
  for (let first = 0; first < rows.length; first += atOnce) {
    yield rows
      .slice(first, first + atOnce)
      .map(({ department, people, licenses: counts }) =>
        csvLine([
          department ?? texts.notKnown,
          String(people),
          ...licenses.map((license) => String(counts[license] ?? 0)),
        ]),
      )
      .join('');
  }
}
