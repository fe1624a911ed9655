import { csvLine } from '../csv.ts';
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
  yield csvLine(headings);
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
  csvLine([
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
