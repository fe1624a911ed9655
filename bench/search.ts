/**
 * One page of people for all kinds of searches, as the server makes it, with everything but HTTP around it. The reference is
 * the plain query for the same rows on the same tables and indexes: `where search like … order by … limit 50`, with OFFSET
 * for a page in the middle. Sizes are arguments: `npm run bench search 10000 100000 1000000`.
 */
import { type RawBuilder, sql } from 'kysely';
import { wordsOf } from '../lib/matching/search-terms.ts';
import { cursorText } from '../lib/search/cursor.ts';
import { firstPage, noFacets, pageSize, type SortKey, type UserFilter } from '../lib/search/filter.ts';
import { pageOfUsers } from '../lib/search/show-users.ts';
import { interleave, series, timed } from './tools/measure.ts';
import { type Mirror, sizesFromArguments, withMirror } from './tools/mirror.ts';
import { percentile, printGrowth, printWithin } from './tools/report.ts';

const rounds = 40;

const goalMs = (people: number) => (people <= 100_000 ? 25 : 60);

type Kind = { what: string; filters: UserFilter[]; offset?: number };

export async function run(): Promise<void> {
  const p95ByKind = new Map<string, Map<number, number>>();
  for (const people of sizesFromArguments([10_000, 100_000])) {
    await withMirror(people, async (mirror) => {
      for (const kind of await kindsFor(mirror)) {
        const p95 = await measure(mirror, kind);
        p95ByKind.set(kind.what, (p95ByKind.get(kind.what) ?? new Map()).set(people, p95));
      }
    });
  }
  for (const [what, p95BySize] of p95ByKind) printGrowth(what, p95BySize);
}

async function measure({ db, accountId, people }: Mirror, { what, filters, offset = 0 }: Kind): Promise<number> {
  const turn = (take: (filter: UserFilter) => Promise<unknown>) => {
    let taken = 0;
    return series(async () => {
      const filter = filters[taken++ % filters.length] ?? firstPage;
      return (await timed(() => take(filter))).time;
    });
  };
  const ours = turn((filter) => pageOfUsers(db, accountId, filter));
  const plain = turn((filter) => plainQuery(accountId, filter, offset).execute(db));
  await interleave([ours, plain], { warmUp: filters.length, rounds: Math.max(rounds, filters.length) });
  printWithin(`${people.toLocaleString('en')} people, ${what}`, ours.times, plain.times, goalMs(people));
  return percentile(ours.times, 95);
}

async function kindsFor(mirror: Mirror): Promise<Kind[]> {
  const { people } = mirror;
  const names = await someNames(mirror);
  const starts = (letters: number) => [
    ...new Set(names.map(([word = '']) => word.slice(0, letters)).filter((word) => /^[a-z]+$/.test(word))),
  ];
  const sorts: SortKey[] = ['name', 'email', 'license', 'changed', 'registered'];
  const sorted = (searches: string[]) =>
    searches.map(
      (search, place): UserFilter => ({ ...firstPage, search, sort: sorts[place % sorts.length] ?? 'name' }),
    );
  const having = (facets: Partial<UserFilter['facets']>) => ({ facets: { ...noFacets, ...facets } });
  const middle = Math.floor(people / 2);
  return [
    { what: 'three letters, sorted', filters: sorted(starts(3)) },
    { what: 'two words', filters: sorted(names.filter(([, second]) => second).map((words) => words.join(' '))) },
    { what: 'two letters', filters: sorted([...starts(2), 'qx', 'zq', 'jv', 'wk', 'fq']) },
    { what: 'two Chinese letters', filters: sorted(['张伟', '王芳', '李静', '欧阳', '司马', '陈敏', '雨桐', '子涵']) },
    { what: 'a name with two spellings', filters: sorted(['müller', 'jörg', 'søren', 'gül', 'mueller', "o'brien"]) },
    { what: 'a third of everybody', filters: sorted(['asia', 'americas', '@asia', 'ricas.nord', 'asia.nordwind']) },
    { what: 'everybody found', filters: sorted(['nordwind', 'example', 'd.example', 'nordwind.ex', 'wind']) },
    { what: 'nobody found', filters: sorted(['zzq', 'xqj', 'silva qqq', 'nordwind zzz', 'vvvv']) },
    {
      what: 'a fact of few, sorted by it and by name',
      filters: [
        { ...firstPage, ...having({ registration: ['Suspended'] }), sort: 'status' },
        { ...firstPage, ...having({ registration: ['Suspended'] }) },
        { ...firstPage, ...having({ license: ['Plus'] }), sort: 'license', descending: true },
        { ...firstPage, ...having({ userType: ['SharedDevice'], license: ['Basic'] }), sort: 'email' },
        { ...firstPage, ...having({ invitation: ['Pending'] }), search: 'asia' },
      ],
    },
    { what: 'everybody, a page in the middle', filters: [await filterAt(mirror, middle, '')], offset: middle },
    {
      what: 'a third of everybody, a page in the middle',
      filters: [await filterAt(mirror, middle, 'asia')],
      offset: Math.floor(middle / 3),
    },
  ];
}

/** Words of people's names, from all over the account. */
async function someNames({ db, accountId }: Mirror): Promise<string[][]> {
  const { rows } = await sql<{ sort_name: string }>`
    select sort_name from users where account_id = ${accountId} and name is not null
    order by id limit 240`.execute(db);
  return rows.map(({ sort_name }) => sort_name.split(' ').slice(0, 2));
}

/** The page after the row that stands at this place by name. */
async function filterAt({ db, accountId }: Mirror, place: number, search: string): Promise<UserFilter> {
  const { rows } = await sql<{ sort_name: string; seq: string }>`
    select sort_name, seq from users where account_id = ${accountId}
    order by sort_name, seq limit 1 offset ${place}`.execute(db);
  const { sort_name: key, seq } = rows[0] ?? { sort_name: '', seq: '0' };
  const cursor = cursorText({ towards: 'next', sort: 'name', descending: false, key, seq, start: place + 1 });
  return { ...firstPage, search, cursor };
}

const columns: Partial<Record<SortKey, RawBuilder<unknown>>> = {
  name: sql`sort_name`,
  email: sql`sort_email`,
  license: sql`sort_license`,
  status: sql`sort_status`,
  changed: sql`changed_at`,
  registered: sql`registered_on`,
};

function plainQuery(accountId: string, { search, facets, sort, descending }: UserFilter, offset: number) {
  const conditions = [
    sql`account_id = ${accountId}`,
    ...wordsOf(search).map(
      (spellings) =>
        sql`(${sql.join(
          spellings.map((word) => sql`search like ${`%${word}%`}`),
          sql` or `,
        )})`,
    ),
    ...(facets.license.length > 0 ? [sql`license = any(${facets.license})`] : []),
    ...(facets.registration.length > 0 ? [sql`registration = any(${facets.registration})`] : []),
    ...(facets.invitation.length > 0 ? [sql`invitation = any(${facets.invitation})`] : []),
    ...(facets.userType.length > 0 ? [sql`user_type = any(${facets.userType})`] : []),
  ];
  return sql`
    select * from users where ${sql.join(conditions, sql` and `)}
    order by ${columns[sort] ?? sql`id`} ${descending ? sql`desc` : sql`asc`}, id
    limit ${pageSize} offset ${offset}`;
}

if (import.meta.main) await run();
