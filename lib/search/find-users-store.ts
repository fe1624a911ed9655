import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Database, Executor } from '../db/database.ts';
import { foldForSearch } from '../matching/fold.ts';
import { type Row, rowColumns } from '../users/user-row.ts';
import { countCells, type FoundCell } from './cells/cells-store.ts';
import { daysAgo, indexConditions, rowConditions } from './conditions-store.ts';
import { noFacets, pageSize } from './filter.ts';
import { type SortColumn, sortColumns } from './sort-columns-store.ts';
import { everyoneOf, fittingOf, isCounted, isEverybody, sortValuesOf, type WantedPeople } from './wanted-people.ts';
import { anywhere, indexOf } from './word-index.ts';

/*
 * Two ways lead to the first 50 of those who match, and each of them is bad where the other is good
 * (docs/decisions/search-walks-or-gathers.md). To walk: go along the index of the order, look at every row, stop when the
 * page is full; good when many match. To gather: fetch all who match through the indexes of the conditions, then sort;
 * good when few match. PostgreSQL's guess decides what is tried first; each try but the last has an end, so that a wrong
 * guess costs little.
 */

/** So many are gathered at once, in the smallest account. */
const few = 5_000;

/** So many are gathered at most, and counted. */
const maxGathered = 50_000;

/**
 * Where more match than this, a walk comes first. Gathering looks at all who match; a walk to a full page looks at the share
 * of everybody that 50 are of those who match: at the root, both are alike.
 */
const many = (wanted: WantedPeople) => Math.max(few, Math.sqrt(pageSize * everyoneOf(wanted)));

/**
 * Rows that a walk looks at: some times as many as fill a page where those who match stand all over the order. Where a
 * great many match, what comes after the walk takes long enough to walk farther.
 */
const longestWalk = (wanted: WantedPeople, guessed: number) =>
  Math.round(Math.max(2_000, (4 * pageSize * everyoneOf(wanted)) / Math.max(guessed, few), guessed / 2));

/** A row of an order: from where, and which way. */
export type Place = { key: string; seq: string };
export type Reading = { after: Place | null; backwards: boolean; size: number };

export type PlacedRow = Row & { sort_key: string; seq: string };

/**
 * The rows of a page in the order of reading, one more than `size` where there are more. `total` and `passed`, the people
 * found up to and with `after`, are null where counting them would take long.
 */
export type Found = { rows: PlacedRow[]; total: number | null; passed: number | null };

export async function findPage(db: Database, wanted: WantedPeople, reading: Reading): Promise<Found> {
  const fitting = fittingOf(wanted);
  const counted = isCounted(wanted);
  const total = counted ? fitting : null;
  if (fitting === 0) return { rows: [], total: 0, passed: 0 };

  if (wanted.only !== null || fitting <= many(wanted)) {
    const gathered = await gather(db, wanted, reading, maxGathered);
    if (gathered) return gathered;
  }
  if (isEverybody(wanted)) {
    const { rows } = await walk(db, wanted, reading, reading.size + 1);
    return { rows, total, passed: null };
  }
  const guessed = counted ? fitting : await guess(db, wanted);
  const tryWalk = () => walk(db, wanted, reading, longestWalk(wanted, guessed));
  const tryGather = () => gather(db, wanted, reading, maxGathered);

  const isWalkedFirst = counted || guessed > many(wanted) || !isIndexed(wanted);
  const early = isWalkedFirst ? await tryWalk() : undefined;
  if (early?.isComplete) return foundBy(early, reading, total);
  const gathered = counted ? undefined : await tryGather();
  if (gathered) return gathered;
  const late = isWalkedFirst ? undefined : await tryWalk();
  if (late?.isComplete) return foundBy(late, reading, total);
  return { rows: await sortAll(db, wanted, reading), total, passed: null };
}

/** The place in the order of the person who comes as the `position`-th of those who are wanted, counted from 1; null where there are fewer. */
export async function findPlace(db: Database, wanted: WantedPeople, position: number): Promise<Place | null> {
  const { column, direction } = orderOf(wanted, { after: null, backwards: false, size: 1 });
  const isGathered = isIndexed(wanted) && !isEverybody(wanted);
  const conditions = isGathered ? indexConditions(wanted) : rowConditions(wanted);
  const { rows } = await sql<Place>`
    select ${column.textOf(sql.ref('sort_key'))} as key, seq
    from (
      select ${column.key} as sort_key, seq from users
      where account_id = ${wanted.accountId} and ${conditions}
      order by ${column.key} ${direction}, seq ${direction}
      offset ${position - 1} limit 1
    ) placed`.execute(db);
  return rows[0] ?? null;
}

/** A walk from one end of the order to the other has met everybody who is wanted. */
function foundBy({ rows, end }: Walked, { after, size }: Reading, total: number | null): Found {
  const isWhole = after === null && end === null && rows.length <= size;
  return { rows, total: total ?? (isWhole ? rows.length : null), passed: null };
}

/** How many match in PostgreSQL's opinion, which it has without looking at anybody. */
async function guess(db: Executor, wanted: WantedPeople): Promise<number> {
  if (fittingOf(wanted) <= few) return 0;
  const { rows } = await sql<{ 'QUERY PLAN': { Plan: { 'Plan Rows': number } }[] }>`
    explain (format json)
    select from users where account_id = ${wanted.accountId} and ${rowConditions(wanted)}`.execute(db);
  return rows[0]?.['QUERY PLAN'][0]?.Plan['Plan Rows'] ?? 0;
}

/** Rows in one piece of an export, or looked at for it. */
const piece = 5_000;

/** Everybody wanted, in order, some thousands at a time; no query stays open between the pieces. */
export async function* findEverybody(db: Database, wanted: WantedPeople): AsyncGenerator<Row[]> {
  const first: Reading = { after: null, backwards: false, size: maxGathered };
  const isMany = isCounted(wanted) && fittingOf(wanted) > many(wanted);
  const gathered = isMany ? undefined : await gather(db, wanted, first, maxGathered);
  if (gathered) {
    const { rows } = gathered;
    for (let start = 0; start < rows.length; start += piece) yield rows.slice(start, start + piece);
    return;
  }
  for (let after: Place | null = null; ; ) {
    const { rows, end }: Walked = await walk(db, wanted, { ...first, after }, piece);
    yield rows;
    if (!end) return;
    after = end;
  }
}

/** Everybody that the search finds, the facets and recent changes left aside, by the facts they share. */
export async function countFound(db: Database, wanted: WantedPeople): Promise<FoundCell[]> {
  const base = { ...wanted, filter: { ...wanted.filter, facets: noFacets, changedWithin: null, outside: false } };
  const isGathered = isIndexed(base) && (await guess(db, base)) <= 2 * maxGathered;
  const conditions = isGathered ? indexConditions(base) : rowConditions(base);
  return planned(db, isGathered ? ['enable_indexscan', 'enable_seqscan'] : [], (trx) =>
    countCells(trx, wanted.accountId, conditions),
  );
}

type Walked = {
  rows: PlacedRow[];
  /** Whether the page is full or the order at its end. */
  isComplete: boolean;
  /** The last row looked at, where the walk was broken off at it. */
  end: Place | null;
};

/** Goes along the order, looks at `most` rows, and takes those who are wanted until the page is full. */
async function walk(db: Executor, wanted: WantedPeople, reading: Reading, most: number): Promise<Walked> {
  const { column, direction, follows } = orderOf(wanted, reading);
  const { rows } = await sql<PlacedRow & { is_wanted: boolean; step: string }>`
    select ${columns}, ${column.textOf(sql.ref('sort_key'))} as sort_key, is_wanted, step
    from (
      select ${columns}, ${column.key} as sort_key, ${rowConditions(wanted)} as is_wanted,
        row_number() over (order by ${column.key} ${direction}, seq ${direction}) as step
      from users
      where account_id = ${wanted.accountId} and ${follows(column.key)}
        and ${partOfOrder(wanted, column)}
      order by ${column.key} ${direction}, seq ${direction}
      limit ${most}
    ) walked
    where is_wanted or step = ${most}
    limit ${reading.size + 1}`.execute(db);
  const found = rows.filter((row) => row.is_wanted);
  const last = rows.at(-1);
  const end = last && Number(last.step) === most ? { key: last.sort_key, seq: last.seq } : null;
  return { rows: found, isComplete: found.length > reading.size || end === null, end };
}

/** The part of the order beyond which nobody is wanted, so that no walk begins far from it. */
function partOfOrder(wanted: WantedPeople, { key }: SortColumn): RawBuilder<SqlBool> {
  const { sort, changedWithin, outside } = wanted.filter;
  if (sort === 'changed' && changedWithin !== null) {
    return sql<SqlBool>`${key} > ${daysAgo(changedWithin)}`;
  }
  if (sort === 'changed' && outside) return sql<SqlBool>`${key} > '-infinity'`;
  const values = sortValuesOf(wanted);
  return values ? sql<SqlBool>`${key} = any(${values})` : sql<SqlBool>`true`;
}

/** Fetches all who are wanted, counts them, and sorts them; undefined when there are more than `most`. */
async function gather(db: Database, wanted: WantedPeople, reading: Reading, most: number): Promise<Found | undefined> {
  const { column, direction, follows } = orderOf(wanted, reading);
  const off = ['enable_indexscan', ...(isIndexed(wanted) ? ['enable_seqscan'] : [])];
  const rows = await planned(db, off, async (trx) => {
    const result = await sql<GatheredRow>`
      with found as materialized (
        select ${column.key} as sort_key, seq, ctid as place from users
        where account_id = ${wanted.accountId} and ${indexConditions(wanted)}
        limit ${most + 1}
      ), page as (
        select * from found where ${follows(sql.ref('sort_key'))}
        order by sort_key ${direction}, seq ${direction} limit ${reading.size + 1}
      ), numbers as (
        select count(*) as total, count(*) filter (where not (${follows(sql.ref('sort_key'))})) as passed from found
      )
      select ${personColumns}, ${column.textOf(sql.ref('page.sort_key'))} as sort_key, total, passed
      from numbers left join (page join users on users.ctid = page.place) on true
      order by page.sort_key ${direction}, users.seq ${direction}`.execute(trx);
    return result.rows;
  });
  const total = Number(rows[0]?.total ?? 0);
  if (total > most) return undefined;
  return { rows: rows.filter(isThere), total, passed: Number(rows[0]?.passed ?? 0) };
}

type GatheredRow = (PlacedRow | { id: null }) & { total: string; passed: string };

const isThere = (row: GatheredRow): row is PlacedRow & GatheredRow => row.id !== null;

/** For many who match, but not where the walk began: all of them, sorted. */
async function sortAll(db: Database, wanted: WantedPeople, reading: Reading): Promise<PlacedRow[]> {
  const { column, direction, follows } = orderOf(wanted, reading);
  return planned(db, ['enable_indexscan'], async (trx) => {
    const { rows } = await sql<PlacedRow>`
      select ${columns}, ${column.textOf(sql.ref('sort_key'))} as sort_key
      from (
        select ${columns}, ${column.key} as sort_key from users
        where account_id = ${wanted.accountId} and ${indexConditions(wanted)} and ${follows(column.key)}
        order by sort_key ${direction}, seq ${direction} limit ${reading.size + 1}
      ) sorted`.execute(trx);
    return rows;
  });
}

const columns = sql.join([...rowColumns, 'seq'].map((name) => sql.ref(name)));
const personColumns = sql.join([...rowColumns, 'seq'].map((name) => sql.ref(`users.${name}`)));

/** Runs queries that PostgreSQL must not plan in these ways: what it knows of the words of a search is a rough guess. */
function planned<T>(db: Database, off: string[], run: (db: Executor) => Promise<T>): Promise<T> {
  return db.transaction().execute(async (trx) => {
    if (off.length > 0)
      await sql`select ${sql.join(off.map((name) => sql`set_config(${name}, 'off', true)`))}`.execute(trx);
    return run(trx);
  });
}

/** Whether the indexes lead to those who are wanted, or to few enough to look at each. */
function isIndexed(wanted: WantedPeople): boolean {
  const { changedWithin, outside, ends } = wanted.filter;
  return (
    wanted.only !== null ||
    ends !== null ||
    changedWithin !== null ||
    outside ||
    fittingOf(wanted) <= many(wanted) ||
    wanted.words.some((spellings) => spellings.every((word) => indexOf(word).by !== 'scan'))
  );
}

type Order = {
  column: SortColumn;
  direction: RawBuilder<unknown>;
  /** Whether a row with this key comes after the place where reading begins. */
  follows(key: RawBuilder<unknown>): RawBuilder<SqlBool>;
};

function orderOf({ filter }: WantedPeople, { after, backwards }: Reading): Order {
  const column = sortColumns[filter.sort];
  const isUp = filter.descending === backwards;
  const sign = isUp ? sql`>` : sql`<`;
  return {
    column,
    direction: isUp ? sql`asc` : sql`desc`,
    follows: (key) =>
      after
        ? sql<SqlBool>`(${key}, seq) ${sign} (${column.keyFrom(after.key)}, ${after.seq}::bigint)`
        : sql<SqlBool>`true`,
  };
}

/** Whether anybody of an account has this e-mail or ID, or part of it. */
export async function isAnybodyFound(db: Executor, accountId: string, word: string): Promise<boolean> {
  const user = await db
    .selectFrom('users')
    .select('id')
    .where('account_id', '=', accountId)
    .where('search', 'like', anywhere(foldForSearch(word)))
    .limit(1)
    .executeTakeFirst();
  return user !== undefined;
}
