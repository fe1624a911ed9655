import type { Database } from '../db/database.ts';
import type { UserFilter } from './filter.ts';
import { findEverybody } from './find-users.ts';
import { findWanted } from './find-wanted.ts';
import { userRowFrom } from './rows.ts';
import { statusOf, type UserRow } from './user.ts';

/**
 * The people a filter finds as CSV (RFC 4180) in the order shown, a piece at a time, so that memory stays flat whatever
 * their number. Who is changed meanwhile in what the order goes by may be there twice or not at all.
 */
export async function* exportUsers(db: Database, accountId: string, filter: UserFilter): AsyncGenerator<string> {
  yield line(headings);
  const wanted = await findWanted(db, accountId, filter);
  for await (const rows of findEverybody(db, wanted)) {
    if (rows.length > 0) yield rows.map((row) => lineOf(userRowFrom(row))).join('');
  }
}

const headings = [
  'Name',
  'E-mail',
  'Plan',
  'Status',
  'User ID',
  'Type',
  'Registered on',
  'Invited on',
  'Last change',
  'Changed by',
];

const lineOf = (user: UserRow) =>
  line([
    user.name ?? '',
    user.email ?? '',
    user.license ?? '',
    statusOf(user),
    user.id,
    user.userType ?? '',
    user.registeredOn ?? '',
    user.invitedOn ?? '',
    user.lastChange?.at ?? '',
    user.lastChange ? (user.lastChange.by ?? 'Outside Carillon') : '',
  ]);

const line = (cells: string[]) => `${cells.map(csvCell).join(',')}\r\n`;

/** What a spreadsheet would take for a formula, also in full width, gets a quote in front (OWASP, CSV Injection). */
const formula = /^[=+\-@\t\r＝＋－＠]/;

/** One cell as CSV: quoted where it must be, and never a formula. */
export function csvCell(value: string): string {
  const safe = formula.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
