import { type Expression, type SqlBool, sql } from 'kysely';
import type { Database, Executor } from '../db/database.ts';
import { isLicense, licenses } from '../licenses/license.ts';
import { type Cursor, cursorText, readCursor } from './cursor.ts';
import { pageSize, type SortKey, type UserFilter } from './filter.ts';
import { foldForSearch, nameOf, statusOf, type User, type UserRow } from './user.ts';

const sortColumns = {
  name: 'sort_name',
  email: 'sort_email',
  license: 'sort_license',
  status: 'sort_status',
} as const satisfies Record<SortKey, string>;

const rowColumns = [
  'id',
  'email',
  'name',
  'license',
  'registration',
  'invitation',
  'user_type',
  'changed_at',
  'changed_by',
] as const;

type Row = {
  id: string;
  email: string | null;
  name: string | null;
  license: string | null;
  registration: string | null;
  invitation: string | null;
  user_type: string | null;
  changed_at: Date | null;
  changed_by: string | null;
};

/** One page of an account's people, with the cursors of its neighbours. */
export async function pageOfUsers(db: Database, accountId: string, filter: UserFilter) {
  const cursor = filter.cursor ? readCursor(filter.cursor) : undefined;
  const backwards = cursor?.towards === 'previous';
  const [rows, total] = await Promise.all([
    readPage(db, accountId, filter, cursor),
    countUsers(db, accountId, filter.search),
  ]);
  const more = rows.length > pageSize;
  const shown = rows.slice(0, pageSize);
  if (backwards) shown.reverse();
  const start = cursor?.start ?? 1;
  const hasPrevious = backwards ? more : cursor !== undefined && shown.length > 0;
  const hasNext = backwards ? shown.length > 0 : more;
  const [first, last] = [shown[0], shown.at(-1)];
  return {
    users: shown.map(userRowFrom),
    total,
    start,
    next:
      hasNext && last
        ? cursorText({ towards: 'next', key: last.sort_key, id: last.id, start: start + pageSize })
        : null,
    previous:
      hasPrevious && first
        ? cursorText({ towards: 'previous', key: first.sort_key, id: first.id, start: Math.max(1, start - pageSize) })
        : null,
  };
}

async function readPage(db: Database, accountId: string, filter: UserFilter, cursor: Cursor | undefined) {
  const column = sortColumns[filter.sort];
  const up = filter.descending === (cursor?.towards === 'previous');
  const direction = up ? 'asc' : 'desc';
  let query = db
    .selectFrom('users')
    .select([...rowColumns, `${column} as sort_key`])
    .where('account_id', '=', accountId)
    .where(matches(filter.search))
    .orderBy(column, direction)
    .orderBy('id', direction)
    .limit(pageSize + 1);
  if (cursor) {
    query = query.where(
      up
        ? sql<SqlBool>`(${sql.ref(column)}, id) > (${cursor.key}, ${cursor.id})`
        : sql<SqlBool>`(${sql.ref(column)}, id) < (${cursor.key}, ${cursor.id})`,
    );
  }
  return query.execute();
}

/** How many of an account's people a search finds; all of them for an empty one. */
export async function countUsers(db: Executor, accountId: string, search: string): Promise<number> {
  const { count } = await db
    .selectFrom('users')
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .where('account_id', '=', accountId)
    .where(matches(search))
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** Every word of the search stands somewhere in name, e-mail or ID, in any order. */
function matches(search: string): Expression<SqlBool> {
  const words = foldForSearch(search)
    .split(' ')
    .filter((word) => word !== '');
  if (words.length === 0) return sql<SqlBool>`true`;
  const patterns = words.map((word) => `%${word.replace(/[\\%_]/g, '\\$&')}%`);
  return sql<SqlBool>`search like all (${patterns})`;
}

/** The people a search finds, all of them, in the order shown, a page at a time. */
export async function* everyUser(db: Database, accountId: string, filter: UserFilter): AsyncGenerator<UserRow[]> {
  let cursor: Cursor | undefined;
  for (;;) {
    const rows = await readPage(db, accountId, filter, cursor);
    yield rows.map(userRowFrom);
    const last = rows.at(-1);
    if (!last || rows.length <= pageSize) return;
    cursor = { towards: 'next', key: last.sort_key, id: last.id, start: 1 };
  }
}

/** One person as the mirror knows them. */
export async function findUser(db: Executor, accountId: string, userId: string): Promise<UserRow | undefined> {
  const row = await db
    .selectFrom('users')
    .select(rowColumns)
    .where('account_id', '=', accountId)
    .where('id', '=', userId)
    .executeTakeFirst();
  return row && userRowFrom(row);
}

/**
 * Writes down what Chime said of people at `readAt` (the database's clock, before the request went out).
 * A license that we learnt later than that, by a change of ours or a younger read, stays.
 */
export async function saveUsers(db: Executor, users: User[], readAt: Date, generation: string): Promise<void> {
  if (users.length === 0) return;
  await db
    .insertInto('users')
    .values(users.map((user) => ({ ...columnsFrom(user), generation, read_at: readAt })))
    .onConflict((conflict) =>
      conflict.columns(['account_id', 'id']).doUpdateSet({
        email: sql`excluded.email`,
        name: sql`excluded.name`,
        user_type: sql`excluded.user_type`,
        registration: sql`excluded.registration`,
        invitation: sql`excluded.invitation`,
        registered_on: sql`excluded.registered_on`,
        invited_on: sql`excluded.invited_on`,
        search: sql`excluded.search`,
        sort_name: sql`excluded.sort_name`,
        sort_email: sql`excluded.sort_email`,
        sort_status: sql`excluded.sort_status`,
        license: sql`case when users.read_at <= excluded.read_at then excluded.license else users.license end`,
        sort_license: sql`case when users.read_at <= excluded.read_at then excluded.sort_license else users.sort_license end`,
        read_at: sql`greatest(users.read_at, excluded.read_at)`,
        generation: sql`greatest(users.generation, excluded.generation)`,
      }),
    )
    .execute();
}

/** Forgets the people whom a complete listing, begun at `startedAt`, did not name. */
export async function removeUnseen(
  db: Executor,
  accountId: string,
  generation: string,
  startedAt: Date,
): Promise<number> {
  const removed = await db
    .deleteFrom('users')
    .where('account_id', '=', accountId)
    .where('generation', '<', generation)
    .where('read_at', '<', startedAt)
    .executeTakeFirst();
  return Number(removed.numDeletedRows);
}

/** The database's own clock: the one clock that all processes share. */
export async function databaseNow(db: Executor): Promise<Date> {
  const { rows } = await sql<{ now: Date }>`select clock_timestamp() as now`.execute(db);
  const [row] = rows;
  if (!row) throw new Error('The database did not tell the time.');
  return row.now;
}

/** Where a license stands when people are sorted by plan: cheapest first, what we do not know last. */
export function sortLicense(license: string | null): string {
  return isLicense(license) ? `${licenses.indexOf(license)}${license}` : `9${license ?? ''}`;
}

function columnsFrom(user: User) {
  const status = statusOf(user);
  return {
    account_id: user.accountId,
    id: user.id,
    email: user.email,
    name: user.name,
    license: user.license,
    user_type: user.userType,
    registration: user.registration,
    invitation: user.invitation,
    registered_on: user.registeredOn,
    invited_on: user.invitedOn,
    search: foldForSearch([user.name, user.email, user.id].filter(Boolean).join(' ')),
    sort_name: foldForSearch(nameOf(user)),
    sort_email: foldForSearch(user.email ?? ''),
    sort_license: sortLicense(user.license),
    sort_status: status,
  };
}

function userRowFrom(row: Row): UserRow {
  return {
    id: row.id,
    email: row.email,
    name: row.name,
    license: row.license,
    registration: row.registration,
    invitation: row.invitation,
    userType: row.user_type,
    lastChange: row.changed_at && row.changed_by ? { at: row.changed_at.toISOString(), by: row.changed_by } : null,
  };
}
