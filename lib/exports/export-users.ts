import type { Scope } from '../accounts/scope.ts';
import { findAccount } from '../accounts/store.ts';
import { csvHead, csvLine, csvMoment } from '../csv.ts';
import type { Database } from '../db/database.ts';
import { withEndings } from '../endings/store.ts';
import { Refusal } from '../failures.ts';
import type { UserFilter } from '../search/filter.ts';
import { findEverybody } from '../search/find-users-store.ts';
import { resolveFilter } from '../search/resolve-filter.ts';
import { userType } from '../texts/people.ts';
import { plan, status } from '../texts/words.ts';
import { exportedColumns } from '../users/export-columns.ts';
import { statusOf, type UserRow } from '../users/user.ts';
import { userRowFrom } from '../users/user-row.ts';

/**
 * The people a filter finds as CSV (RFC 4180) in the order shown, in the words of the screen, a piece at a time, so that
 * memory stays flat whatever their number. Refuses an account that Carillon does not look after. Who is changed meanwhile in what the order goes by may be there twice or not at all.
 */
export async function* exportUsers(
  { db, chime }: { db: Database; chime: { accounts: Scope } },
  accountId: string,
  filter: UserFilter,
): AsyncGenerator<string> {
  const account = await findAccount({ db, chime }, accountId);
  if (!account) throw new Refusal('unknown-account', 'No such account.');
  yield csvHead(exportedColumns);
  const wanted = await resolveFilter(db, accountId, filter);
  for await (const rows of findEverybody(db, wanted)) {
    const users = await withEndings(db, accountId, rows.map(userRowFrom));
    if (users.length > 0) yield users.map((user) => lineOf(user, account.name)).join('');
  }
}

const lineOf = (user: UserRow, accountName: string) =>
  csvLine([
    user.name ?? '',
    user.email ?? '',
    user.license === null ? '' : plan(user.license),
    status(statusOf(user)),
    user.id,
    user.userType === null ? '' : userType(user.userType),
    csvMoment(user.registeredOn),
    csvMoment(user.invitedOn),
    csvMoment(user.lastChange?.at ?? null),
    user.lastChange ? (user.lastChange.by ?? 'Outside Carillon') : '',
    accountName,
    csvMoment(user.ending?.failure === null ? user.ending.at : null),
  ]);
