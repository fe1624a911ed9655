import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Database } from '../db/database.ts';
import { keepReading } from '../directory/readings.ts';
import { createTestDatabase } from '../testing/database.ts';
import { csvCell, exportUsers } from './export-users.ts';
import { changedDays, filterFromParams, firstPage, paramsFromFilter, sortKeys, type UserFilter } from './filter.ts';
import { pageOfUsers } from './show-users.ts';
import type { User } from './user.ts';

const accountId = 'account';

const person = (id: string, name: string | null, more: Partial<User> = {}): User => ({
  accountId,
  id,
  email: `${id}@nordwind.example`,
  name,
  license: 'Basic',
  userType: 'PrivateUser',
  registration: 'Registered',
  invitation: 'Accepted',
  registeredOn: null,
  invitedOn: null,
  ...more,
});

async function withPeople(people: User[], run: (db: Database) => Promise<void>): Promise<void> {
  const database = await createTestDatabase();
  try {
    await database.db
      .insertInto('accounts')
      .values({ id: accountId, name: 'Nordwind', supported_licenses: ['Basic', 'Pro'] })
      .execute();
    const reading = { accountId, users: people, readAt: new Date(), requestId: randomUUID(), by: 'listing' } as const;
    await keepReading(database.db, reading);
    await run(database.db);
  } finally {
    await database.remove();
  }
}

const find = async (db: Database, search: string) =>
  (await pageOfUsers(db, accountId, { ...firstPage, search })).users.map(({ id }) => id);

describe('search', () => {
  const people = [
    person('ana', 'Ana Silva'),
    person('sil', 'Sílvio Ōtani'),
    person('per', '100 % Person_under'),
    person('slash', 'Back\\slash'),
    person('zhang', '张伟'),
    person('nobody', null),
  ];

  test('finds any part of name, e-mail or ID, in any order of words, whatever the accents and the case', () =>
    withPeople(people, async (db) => {
      expect(await find(db, 'silva ANA')).toEqual(['ana']);
      expect(await find(db, 'silvio otani')).toEqual(['sil']);
      expect(await find(db, 'nobody@nord')).toEqual(['nobody']);
      expect(await find(db, '张')).toEqual(['zhang']);
      expect(await find(db, 'SIL')).toEqual(['ana', 'sil']);
    }));

  test('takes the signs of LIKE as they stand', () =>
    withPeople(people, async (db) => {
      expect(await find(db, '%')).toEqual(['per']);
      expect(await find(db, 'person_under')).toEqual(['per']);
      expect(await find(db, 'n_u')).toEqual(['per']);
      expect(await find(db, '\\')).toEqual(['slash']);
    }));

  test('survives whatever is typed or pasted, and finds only who has it', () =>
    withPeople(people, async (db) => {
      const nasty = [
        "' or 1=1 --",
        '\0',
        'a\0b',
        '\ud800',
        '💥',
        '\u202eevil',
        '"',
        '$1',
        'x'.repeat(10_000),
        ' \t\n ',
      ];
      for (const text of nasty) {
        const filter = filterFromParams(new URLSearchParams({ q: text }));
        expect((await pageOfUsers(db, accountId, filter)).users.length).toBeLessThanOrEqual(people.length);
      }
      await fc.assert(
        fc.asyncProperty(fc.string({ unit: 'binary' }), async (text) => {
          const filter = filterFromParams(new Map([['q', text]]));
          await pageOfUsers(db, accountId, filter);
        }),
        { numRuns: 50 },
      );
    }));
});

describe('pages', () => {
  const people = Array.from({ length: 170 }, (_, index) =>
    person(`p${String(index * 7919).padStart(7, '0')}`, `Name ${index % 5}`, {
      license: index % 3 === 0 ? 'Pro' : 'Basic',
      registration: index % 4 === 0 ? 'Suspended' : 'Registered',
    }),
  );

  for (const sort of sortKeys) {
    for (const descending of [false, true]) {
      test(`by ${sort}${descending ? ', descending' : ''} show everybody once, forwards and back`, () =>
        withPeople(people, async (db) => {
          const filter: UserFilter = { ...firstPage, sort, descending };
          const forwards = [];
          let page = await pageOfUsers(db, accountId, filter);
          for (;;) {
            forwards.push(page);
            if (!page.next) break;
            page = await pageOfUsers(db, accountId, { ...filter, cursor: page.next });
          }
          const backwards = [page];
          while (page.previous) {
            page = await pageOfUsers(db, accountId, { ...filter, cursor: page.previous });
            backwards.unshift(page);
          }

          const ids = forwards.flatMap(({ users }) => users.map(({ id }) => id));
          expect(new Set(ids).size).toBe(170);
          expect(ids).toHaveLength(170);
          expect(forwards.map(({ start }) => start)).toEqual([1, 51, 101, 151]);
          expect(backwards.map(({ users, start }) => [start, users])).toEqual(
            forwards.map(({ users, start }) => [start, users]),
          );
          expect(forwards[0]?.previous).toBeNull();
        }));
    }
  }

  test('a cursor that we did not write shows the first page', () =>
    withPeople(people, async (db) => {
      const first = await pageOfUsers(db, accountId, firstPage);
      for (const cursor of ['', 'x', 'W10', Buffer.from('["next","a\\u0000","b",1]').toString('base64url')]) {
        expect((await pageOfUsers(db, accountId, { ...firstPage, cursor })).users).toEqual(first.users);
      }
    }));

  test('the export has everybody the filter finds, in the same order', () =>
    withPeople(people, async (db) => {
      const lines = (await all(exportUsers(db, accountId, firstPage))).join('').trimEnd().split('\r\n');
      const first = await pageOfUsers(db, accountId, firstPage);
      expect(lines).toHaveLength(171);
      expect(lines[1]).toContain(first.users[0]?.id ?? 'nobody');
    }));
});

test('a filter comes back from its address as it was', () => {
  const values = fc.uniqueArray(fc.stringMatching(/^[A-Za-z][A-Za-z0-9_-]{0,39}$/), { maxLength: 12 });
  fc.assert(
    fc.property(
      fc.record({
        search: fc.string({ unit: 'grapheme', maxLength: 50 }),
        facets: fc.record({ license: values, registration: values, invitation: values, userType: values }),
        changedWithin: fc.constantFrom(null, ...changedDays),
        outside: fc.boolean(),
        list: fc.option(fc.stringMatching(/^[A-Za-z0-9_-]{16,64}$/)),
        sort: fc.constantFrom(...sortKeys),
        descending: fc.boolean(),
      }),
      (filter) => {
        expect(filterFromParams(new URLSearchParams(paramsFromFilter(filter)))).toEqual(filter);
      },
    ),
  );
});

test('no cell of an export is a formula, and each reads back as one cell', () => {
  for (const start of ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'])
    expect(csvCell(`${start}1`)).toMatch(/^"?'/);
  expect(csvCell('a "b", c')).toBe('"a ""b"", c"');
});

async function all<T>(source: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of source) items.push(item);
  return items;
}
