import { type Expression, type SqlBool, sql } from 'kysely';
import type { Database, Executor } from '../db/database.ts';
import { type Cursor, cursorText, readCursor } from './cursor.ts';
import { facetKeys, noValue, pageSize, type SortKey, type UserFilter } from './filter.ts';
import { foldForSearch, type UserRow } from './user.ts';

const sortColumns = {
  name: sql<string>`sort_name`,
  email: sql<string>`sort_email`,
  license: sql<string>`sort_license`,
  status: sql<string>`sort_status`,
  type: sql<string>`coalesce(user_type, '') collate "C"`,
  changed: sql<string>`coalesce(changed_at::text, '') collate "C"`,
  registered: sql<string>`coalesce(registered_on::text, '') collate "C"`,
  invited: sql<string>`coalesce(invited_on::text, '') collate "C"`,
  id: sql<string>`id collate "C"`,
} as const satisfies Record<SortKey, unknown>;

const facetColumns = {
  license: sql.ref('license'),
  registration: sql.ref('registration'),
  invitation: sql.ref('invitation'),
  userType: sql.ref('user_type'),
};

const rowColumns = [
  'id',
  'email',
  'name',
  'license',
  'registration',
  'invitation',
  'user_type',
  'registered_on',
  'invited_on',
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
  registered_on: Date | null;
  invited_on: Date | null;
  changed_at: Date | null;
  changed_by: string | null;
};

/** One page of an account's people, with the cursors of its neighbours. */
export async function pageOfUsers(db: Database, accountId: string, filter: UserFilter) {
  const cursor = filter.cursor ? readCursor(filter.cursor) : undefined;
  const backwards = cursor?.towards === 'previous';
  const [rows, total] = await Promise.all([readPage(db, accountId, filter, cursor), countUsers(db, accountId, filter)]);
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
    .select([...rowColumns, column.as('sort_key')])
    .where('account_id', '=', accountId)
    .where(narrowed(filter))
    .orderBy(column, direction)
    .orderBy('id', direction)
    .limit(pageSize + 1);
  if (cursor) {
    query = query.where(
      up
        ? sql<SqlBool>`(${column}, id) > (${cursor.key}, ${cursor.id})`
        : sql<SqlBool>`(${column}, id) < (${cursor.key}, ${cursor.id})`,
    );
  }
  return query.execute();
}

async function countUsers(db: Executor, accountId: string, filter: UserFilter): Promise<number> {
  const { count } = await db
    .selectFrom('users')
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .where('account_id', '=', accountId)
    .where(narrowed(filter))
    .executeTakeFirstOrThrow();
  return Number(count);
}

function narrowed({ search, facets, changedWithin, outside }: UserFilter): Expression<SqlBool> {
  const conditions = [matches(search)];
  for (const key of facetKeys) {
    const values = facets[key];
    if (values.length === 0) continue;
    const none = sql`${values.includes(noValue)} and ${facetColumns[key]} is null`;
    conditions.push(sql<SqlBool>`(${facetColumns[key]} = any(${values}) or ${none})`);
  }
  if (changedWithin) conditions.push(sql<SqlBool>`changed_at > now() - ${changedWithin} * interval '1 day'`);
  if (outside) conditions.push(sql<SqlBool>`(changed_at is not null and changed_by is null)`);
  return sql<SqlBool>`${sql.join(conditions, sql` and `)}`;
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

function userRowFrom(row: Row): UserRow {
  return {
    id: row.id,
    email: row.email,
    name: row.name,
    license: row.license,
    registration: row.registration,
    invitation: row.invitation,
    userType: row.user_type,
    registeredOn: row.registered_on?.toISOString() ?? null,
    invitedOn: row.invited_on?.toISOString() ?? null,
    lastChange: row.changed_at ? { at: row.changed_at.toISOString(), by: row.changed_by } : null,
  };
}
