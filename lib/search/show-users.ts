import { findAccount, freshnessOf } from '../accounts/store.ts';
import type { Deps } from '../chime/deps.ts';
import { readSlowness } from '../chime/rate-store.ts';
import type { Database } from '../db/database.ts';
import { endingsIn, withEndings } from '../endings/store.ts';
import { Refusal } from '../failures.ts';
import { batchesAtWork, withMarks } from '../users/batch-marks-store.ts';
import { withOpenChanges } from '../users/open-changes-store.ts';
import { userRowFrom } from '../users/user-row.ts';
import { type Cursor, cursorText, readCursor } from './cursor.ts';
import { type PageSize, pageSize, type UserFilter } from './filter.ts';
import { type Found, findPage, findPlace, type PlacedRow } from './find-users-store.ts';
import type { UsersPage } from './page.ts';
import { resolveFilter } from './resolve-filter.ts';
import { sortColumns } from './sort-columns-store.ts';
import { everyoneOf, type WantedPeople } from './wanted-people.ts';

/** One page of an account's people, with how fresh our copy is and whether Chime slows us down. Refuses an account that we do not know. */
export async function showUsers(
  { db, chime }: Deps,
  accountId: string,
  filter: UserFilter,
  size: PageSize = pageSize,
): Promise<UsersPage> {
  const [account, page, freshness, slowedTo] = await Promise.all([
    findAccount({ db, chime }, accountId),
    pageOfUsers(db, accountId, filter, size),
    freshnessOf(db, accountId),
    readSlowness(db, chime.name),
  ]);
  if (!account) throw new Refusal('unknown-account', 'No such account.');
  return { ...page, freshness, slowedTo };
}

/** One page of an account's people, with the cursors of its neighbours. */
export async function pageOfUsers(
  db: Database,
  accountId: string,
  filter: UserFilter,
  size: PageSize = pageSize,
): Promise<Omit<UsersPage, 'freshness' | 'slowedTo'>> {
  const [wanted, batches, endings] = await Promise.all([
    resolveFilter(db, accountId, filter),
    batchesAtWork(db, accountId),
    endingsIn(db, accountId),
  ]);
  const cursor = cursorOf(filter);
  const found = await findPage(db, wanted, {
    after: cursor ?? null,
    backwards: cursor?.towards === 'previous',
    size,
  });
  const { users, ...place } = pageFrom(wanted, found, cursor, size);
  const { list, missing, request } = wanted;
  const marked = await withOpenChanges(db, accountId, await withMarks(db, batches, users));
  return {
    ...place,
    users: endings.any ? await withEndings(db, accountId, marked) : marked,
    everyone: everyoneOf(wanted),
    failedEndings: endings.failed,
    ...(list ? { list } : {}),
    ...(missing.length > 0 ? { missing } : {}),
    ...(request ? { request } : {}),
  };
}

/** The cursor of the page that begins with the `start`-th person who matches the filter; null for the first page, and where there are fewer. */
export async function cursorAt(
  db: Database,
  accountId: string,
  filter: UserFilter,
  start: number,
): Promise<string | null> {
  if (start <= 1) return null;
  const before = await findPlace(db, await resolveFilter(db, accountId, filter), start - 1);
  const { sort, descending } = filter;
  return before && cursorText({ towards: 'next', sort, descending, ...before, start });
}

function cursorOf(filter: UserFilter): Cursor | undefined {
  const cursor = filter.cursor ? readCursor(filter.cursor, filter) : undefined;
  return cursor && sortColumns[filter.sort].isKey(cursor.key) ? cursor : undefined;
}

function pageFrom(wanted: WantedPeople, found: Found, cursor: Cursor | undefined, size: PageSize) {
  const backwards = cursor?.towards === 'previous';
  const hasMore = found.rows.length > size;
  const shown = found.rows.slice(0, size);
  if (backwards) shown.reverse();
  const hasPrevious = backwards ? hasMore : cursor !== undefined && shown.length > 0;
  const hasNext = backwards ? shown.length > 0 : hasMore;
  const start = startOf(wanted, found, cursor, size);
  const { sort, descending } = wanted.filter;
  const leadTo = (towards: Cursor['towards'], row: PlacedRow | undefined, start: number) =>
    row ? cursorText({ towards, sort, descending, key: row.sort_key, seq: row.seq, start: Math.max(1, start) }) : null;
  return {
    users: shown.map(userRowFrom),
    total: found.total,
    start,
    next: hasNext ? leadTo('next', shown.at(-1), start + shown.length) : null,
    previous: hasPrevious ? leadTo('previous', shown[0], start - size) : null,
  };
}

/**
 * The position of a page's first row: counted where all who are found have been gathered, known at both ends, and else
 * as the cursor has it, which everybody can write as they like, but never beyond who is there.
 */
function startOf(
  wanted: WantedPeople,
  { rows, total, passed }: Found,
  cursor: Cursor | undefined,
  size: PageSize,
): number {
  if (!cursor) return 1;
  const isEnd = rows.length <= size;
  const shown = Math.min(rows.length, size);
  const backwards = cursor.towards === 'previous';
  if (backwards && isEnd) return 1;
  if (passed !== null && total !== null) return backwards ? total - passed - shown + 1 : passed + 1;
  if (!backwards && isEnd && total !== null) return total - shown + 1;
  const last = (total ?? everyoneOf(wanted)) - shown + 1;
  return Math.max(1, Math.min(cursor.start, last));
}
