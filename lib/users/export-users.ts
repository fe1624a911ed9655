import type { Database } from '../db/database.ts';
import type { UserFilter } from './filter.ts';
import { everyUser } from './store.ts';
import { statusOf, type UserRow } from './user.ts';

/** The people a filter finds as CSV (RFC 4180), a page at a time, so that memory stays flat whatever their number. */
export async function* exportUsers(db: Database, accountId: string, filter: UserFilter): AsyncGenerator<string> {
  yield line(['Name', 'E-mail', 'Plan', 'Status', 'User ID', 'Last change', 'Changed by']);
  for await (const users of everyUser(db, accountId, filter)) yield users.map(lineOf).join('');
}

const lineOf = (user: UserRow) =>
  line([
    user.name ?? '',
    user.email ?? '',
    user.license ?? '',
    statusOf(user),
    user.id,
    user.lastChange?.at ?? '',
    user.lastChange?.by ?? '',
  ]);

const line = (cells: string[]) => `${cells.map(csvCell).join(',')}\r\n`;

/** What a spreadsheet would take for a formula, also in full width, gets a quote in front (OWASP, CSV Injection). */
const formula = /^[=+\-@\t\r＝＋－＠]/;

/** One cell as CSV: quoted where it must be, and never a formula. */
export function csvCell(value: string): string {
  const safe = formula.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
