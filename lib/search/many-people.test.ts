import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../testing/database.ts';
import { accountId, addAccount, insertPeople, person } from '../../testing/people.ts';
import { exportUsers } from '../exports/export-users.ts';
import type { User } from '../users/user.ts';
import { type FacetKey, firstPage, noFacets, type UserFilter } from './filter.ts';
import { pageOfUsers } from './show-users.ts';

/*
 * So many that every way to a page is taken: the walk that is enough, the walk that finds too few, the gathering, and the
 * sorting of more people than are counted.
 */
const first = 22_000;
const all = 76_000;

/** Those at the front of the alphabet are called otherwise than all the others. */
const someone = (index: number): User =>
  person(
    `p${String(index).padStart(5, '0')}`,
    `${index < first ? 'Aba' : 'Zoe'} ${index % 40 === 0 ? 'Silva' : 'Okafor'}`,
    {
      accountId,
      email: `${index % 10}@nordwind.example`,
      license: index % 400 === 0 ? 'Plus' : 'Basic',
      registration: index % 8 === 0 ? 'Suspended' : 'Registered',
      userType: index === 70_001 ? 'SharedDevice' : 'PrivateUser',
    },
  );

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  const { db } = database;
  await addAccount(db, accountId);
  for (let index = 0; index < all; index += 4_000) {
    await insertPeople(
      db,
      Array.from({ length: Math.min(4_000, all - index) }, (_, place) => someone(index + place)),
    );
  }
  await sql`analyze users`.execute(db);
}, 120_000);
afterAll(() => database.remove());

const people = Array.from({ length: all }, (_, index) => someone(index));
const having = (facets: Partial<Record<FacetKey, string[]>>) => ({ facets: { ...noFacets, ...facets } });

const cases: [string, Partial<UserFilter>, (user: User) => boolean, { isCounted: boolean }][] = [
  ['everybody', {}, () => true, { isCounted: true }],
  ['a search that finds everybody', { search: 'nordwind' }, () => true, { isCounted: false }],
  [
    'a search that finds most, but none at the front',
    { search: 'zoe' },
    (user) => user.name?.startsWith('Zoe') === true,
    { isCounted: false },
  ],
  [
    'a search that finds some hundreds',
    { search: 'silva' },
    (user) => user.name?.endsWith('Silva') === true,
    { isCounted: true },
  ],
  [
    'two letters that most have',
    { search: 'oe' },
    (user) => user.name?.startsWith('Zoe') === true,
    { isCounted: false },
  ],
  ['one letter that most have', { search: 'z' }, (user) => user.name?.startsWith('Zoe') === true, { isCounted: false }],
  [
    'a fact that many share',
    having({ registration: ['Suspended'] }),
    (user) => user.registration === 'Suspended',
    { isCounted: true },
  ],
  ['a fact that few share', having({ license: ['Plus'] }), (user) => user.license === 'Plus', { isCounted: true }],
  [
    'a fact of a single person',
    having({ userType: ['SharedDevice'] }),
    (user) => user.userType === 'SharedDevice',
    { isCounted: true },
  ],
  [
    'a search and a fact',
    { search: 'zoe sil', ...having({ registration: ['Suspended'] }) },
    (user) => user.name === 'Zoe Silva' && user.registration === 'Suspended',
    { isCounted: true },
  ],
];

describe('among many people', () => {
  for (const [name, more, isMeant, { isCounted }] of cases) {
    for (const sort of ['name', 'status', 'license', 'id'] as const) {
      test(`${name}, by ${sort}: the first and the last pages, and the way there`, async () => {
        const { db } = database;
        const meant = people.filter(isMeant).length;
        const filter: UserFilter = { ...firstPage, ...more, sort };

        const upwards = await somePages(filter, 3);
        const downwards = await somePages({ ...filter, descending: true }, 3);
        for (const pages of [upwards, downwards]) {
          const rows = pages.flatMap(({ users }) => users);
          expect(rows).toHaveLength(Math.min(meant, 150));
          expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
          expect(pages.map(({ start }) => start)).toEqual([1, 51, 101].slice(0, pages.length));
          expect(rows.every(({ id }) => isMeant(someone(Number(id.slice(1)))))).toBe(true);
          if (isCounted) expect(pages.map(({ total }) => total)).toEqual(pages.map(() => meant));
        }

        const last = upwards.at(-1);
        const back = last?.previous
          ? await pageOfUsers(db, accountId, { ...filter, cursor: last.previous })
          : undefined;
        expect(back?.users).toEqual(upwards.at(-2)?.users);
      });
    }
  }

  test('a walk that comes to the end of the list has counted whom it found', async () => {
    const suspended: UserFilter = { ...firstPage, ...having({ registration: ['Suspended'] }), sort: 'status' };
    expect(await pageOfUsers(database.db, accountId, { ...suspended, search: 'q' })).toMatchObject({
      users: [],
      total: 0,
    });
    const few = await pageOfUsers(database.db, accountId, {
      ...suspended,
      search: '0@',
      ...having({ license: ['Plus'], registration: ['Suspended'] }),
    });
    expect(few.total).toBe(all / 400);
  });

  test('an export has everybody once, in order', async () => {
    for (const [, more, isMeant] of cases.slice(0, 4)) {
      let text = '';
      for await (const piece of exportUsers({ db: database.db, chime: { accounts: 'all' } }, accountId, {
        ...firstPage,
        ...more,
      }))
        text += piece;
      const lines = text.trimEnd().split('\r\n').slice(1);
      expect(lines).toHaveLength(people.filter(isMeant).length);
      expect(new Set(lines).size).toBe(lines.length);
      const names = lines.map((line) => line.split(',')[0] ?? '');
      expect(names).toEqual(names.toSorted());
    }
  });

  async function somePages(filter: UserFilter, most: number) {
    const pages = [await pageOfUsers(database.db, accountId, filter)];
    for (let next = pages[0]?.next; next && pages.length < most; next = pages.at(-1)?.next) {
      pages.push(await pageOfUsers(database.db, accountId, { ...filter, cursor: next }));
    }
    return pages;
  }
});
