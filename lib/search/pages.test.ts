import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { accountId, type KnownChange, person, sharedPeople, withPeople } from '../../testing/people.ts';
import { showCounts } from '../counts/show-counts.ts';
import type { Database } from '../db/database.ts';
import { endsKinds } from '../licenses/ending.ts';
import { foldForSearch } from '../matching/fold.ts';
import { sortLicense } from '../users/derived.ts';
import { nameOf, statusOf, type User, type UserRow } from '../users/user.ts';
import {
  changedDays,
  type FacetKey,
  facetKeys,
  firstPage,
  noValue,
  olderDays,
  sortKeys,
  type UserFilter,
} from './filter.ts';
import type { UsersPage } from './page.ts';
import { cursorAt, pageOfUsers } from './show-users.ts';

const day = 86_400_000;
const pick = <T>(values: readonly T[], index: number) => values[index % values.length];

/** Everybody has other facts, some of them none. */
const people: User[] = Array.from({ length: 333 }, (_, index) =>
  person(
    `p${String((index * 7919) % 333).padStart(4, '0')}`,
    pick([null, 'Åsa', 'Bo', 'bo', '张伟', 'Żak'], index) ?? null,
    {
      email: index % 7 === 0 ? null : `e${index % 40}@nordwind.example`,
      license: pick(['Pro', 'Basic', null, 'Plus', 'Basic', 'Gold'], index) ?? null,
      registration: pick(['Registered', 'Suspended', 'Unregistered', null, 'Registered'], index) ?? null,
      invitation: pick([null, 'Accepted', 'Pending', null], index) ?? null,
      userType: pick(['PrivateUser', null, 'PrivateUser', 'SharedDevice'], index) ?? null,
      registeredOn: index % 3 === 0 ? null : new Date(Date.UTC(2020, 0, 1 + (index % 11))),
      invitedOn:
        index % 2 === 0 ? null : new Date((index % 3 === 0 ? Date.now() - 45 * day : Date.UTC(2019, 5, 1)) + index),
    },
  ),
);
const changes: KnownChange[] = people
  .filter((_, index) => index % 3 === 0)
  .map(({ id }, index) => ({
    id,
    at: new Date(Date.now() - (pick([0.5, 3, 12, 90], index) ?? 0) * day - index),
    by: index % 5 === 0 ? null : 'Dana Reyes',
  }));

/** Temporary plans by the ID of who has them: when they end, and what became of it. */
const endings = people
  .filter((_, index) => index % 4 === 0)
  .map(({ id }, index) => ({
    user_id: id,
    ends_at: new Date(Date.now() + (pick([3, 20, -5], index) ?? 0) * day),
    state: pick(['planned', 'failed', 'cancelled', 'planned', 'done'] as const, index) ?? 'done',
  }));

const planEndings = (db: Database) =>
  db
    .insertInto('endings')
    .values(
      endings.map((ending) => ({
        ...ending,
        id: randomUUID(),
        account_id: accountId,
        license: 'Pro',
        back_to: 'Basic',
        zone: 'UTC',
        operator_id: 'dana',
        operator_name: 'Dana Reyes',
        operator_role: 'helpdesk',
        next_try_at: ending.ends_at,
      })),
    )
    .execute();

function hasEnding(userId: string, kind: UserFilter['ends']): boolean {
  const ending = endings.find(({ user_id }) => user_id === userId);
  if (!ending || kind === 'failed') return ending?.state === 'failed';
  return ending.state === 'planned' && ending.ends_at.getTime() < Date.now() + 7 * day;
}

const isOlder = (moment: Date | null | undefined, days: number) =>
  (moment ? moment.getTime() : Number.POSITIVE_INFINITY) < Date.now() - days * day;

const keyOf: Record<UserFilter['sort'], (user: UserRow) => string> = {
  name: (user) => foldForSearch(nameOf(user)),
  email: ({ email }) => foldForSearch(email ?? ''),
  status: statusOf,
  license: ({ license }) => sortLicense(license),
  changed: ({ lastChange }) => lastChange?.at ?? '',
  type: ({ userType }) => userType ?? '',
  registered: ({ registeredOn }) => registeredOn ?? '',
  invited: ({ invitedOn }) => invitedOn ?? '',
  id: ({ id }) => id,
};

const factOf: Record<FacetKey, (user: User) => string | null> = {
  license: ({ license }) => license,
  registration: ({ registration }) => registration,
  invitation: ({ invitation }) => invitation,
  userType: ({ userType }) => userType,
};

/** Who the filter is meant to find, told without a database. */
function expectedIds({ search, facets, changedWithin, outside, ends, unchanged, invited }: UserFilter): string[] {
  const changeOf = (id: string) => changes.find((change) => change.id === id);
  return people
    .filter((user) => foldForSearch(`${user.name ?? ''} ${user.email ?? ''} ${user.id}`).includes(search))
    .filter((user) =>
      facetKeys.every((key) => facets[key].length === 0 || facets[key].includes(factOf[key](user) ?? noValue)),
    )
    .filter(({ id }) => changedWithin === null || (changeOf(id)?.at.getTime() ?? 0) > Date.now() - changedWithin * day)
    .filter(({ id }) => !outside || changeOf(id)?.by === null)
    .filter(({ id }) => ends === null || hasEnding(id, ends))
    .filter(
      ({ id, registeredOn, invitedOn }) =>
        unchanged === null || isOlder(changeOf(id)?.at ?? registeredOn ?? invitedOn, unchanged),
    )
    .filter(({ invitedOn }) => invited === null || isOlder(invitedOn, invited))
    .map(({ id }) => id)
    .sort();
}

const values = (key: FacetKey) =>
  fc.subarray([...new Set(people.map((user) => factOf[key](user) ?? noValue))], { maxLength: 2 });
const filters = fc.record({
  search: fc.constantFrom('', '', 'e1', 'bo', '张', 'p01', 'nobody at all'),
  facets: fc.record({
    license: values('license'),
    registration: values('registration'),
    invitation: values('invitation'),
    userType: values('userType'),
  }),
  changedWithin: fc.constantFrom(null, null, ...changedDays),
  outside: fc.constantFrom(false, false, true),
  ends: fc.constantFrom(null, null, null, ...endsKinds),
  unchanged: fc.constantFrom(null, null, null, ...olderDays),
  invited: fc.constantFrom(null, null, null, ...olderDays),
  list: fc.constant(null),
  sort: fc.constantFrom(...sortKeys),
  descending: fc.boolean(),
});

async function walkThrough(db: Database, filter: UserFilter): Promise<{ forwards: UsersPages; backwards: UsersPages }> {
  let page = await pageOfUsers(db, accountId, filter);
  const forwards = [page];
  while (page.next) {
    page = await pageOfUsers(db, accountId, { ...filter, cursor: page.next });
    forwards.push(page);
  }
  const backwards = [page];
  while (page.previous) {
    page = await pageOfUsers(db, accountId, { ...filter, cursor: page.previous });
    backwards.unshift(page);
  }
  return { forwards, backwards };
}

type UsersPages = Omit<UsersPage, 'freshness' | 'slowedTo'>[];

const shownIn = (pages: UsersPages) => pages.flatMap(({ users }) => users);

function expectInOrder(rows: UserRow[], { sort, descending }: UserFilter): void {
  const keys = rows.map((row) => Buffer.from(keyOf[sort](row)));
  const sorted = keys.toSorted((one, other) => Buffer.compare(one, other) * (descending ? -1 : 1));
  expect(keys.map(String)).toEqual(sorted.map(String));
}

describe('pages', () => {
  const open = sharedPeople(people, changes);
  for (const sort of sortKeys) {
    for (const descending of [false, true]) {
      test(`by ${sort}${descending ? ', descending' : ''} show everybody once, in order, forwards and back`, async () => {
        const filter: UserFilter = { ...firstPage, sort, descending };
        const { forwards, backwards } = await walkThrough(open(), filter);

        const rows = shownIn(forwards);
        expect(rows.map(({ id }) => id).sort()).toEqual(expectedIds(filter));
        expectInOrder(rows, filter);
        expect(forwards.map(({ start }) => start)).toEqual([1, 51, 101, 151, 201, 251, 301]);
        expect(shownIn(backwards)).toEqual(rows);
        expect(backwards.map(({ start }) => start)).toEqual(forwards.map(({ start }) => start));
        expect(forwards[0]?.previous).toBeNull();
        expect(forwards.every(({ total }) => total === 333)).toBe(true);
      });
    }
  }

  test('of any filter show whom it means once, and every number beside the filters is what a click on it shows', () =>
    withPeople(
      people,
      async (db) => {
        await planEndings(db);
        await fc.assert(
          fc.asyncProperty(filters, async (filter) => {
            const { forwards, backwards } = await walkThrough(db, filter);
            const rows = shownIn(forwards);
            expect(rows.map(({ id }) => id).sort()).toEqual(expectedIds(filter));
            expectInOrder(rows, filter);
            expect(shownIn(backwards)).toEqual(rows);
            expect(forwards[0]?.total).toBe(rows.length);

            const counts = await showCounts(db, accountId, filter);
            expect(counts.total).toBe(rows.length);
            for (const key of facetKeys) {
              for (const { value, people: count } of counts.facets[key]) {
                expect(count).toBe(expectedIds({ ...filter, facets: { ...filter.facets, [key]: [value] } }).length);
              }
            }
            for (const days of changedDays) {
              expect(counts.changed[days]).toBe(expectedIds({ ...filter, changedWithin: days }).length);
            }
            expect(counts.outside).toBe(expectedIds({ ...filter, outside: true }).length);
          }),
          { numRuns: 150 },
        );
      },
      changes,
    ));

  test('a person who comes or goes in between moves nobody else out of sight', () =>
    withPeople(people, async (db) => {
      const first = await pageOfUsers(db, accountId, firstPage);
      await db
        .deleteFrom('users')
        .where('id', '=', first.users.at(-1)?.id ?? '')
        .execute();

      const second = await pageOfUsers(db, accountId, { ...firstPage, cursor: first.next ?? '' });

      const whole = people.length - 1;
      expect(second.start).toBe(50);
      expect(second.total).toBe(whole);
      expect(new Set([...first.users, ...second.users].map(({ id }) => id)).size).toBe(100);
    }));
});

test('a page by its number is the page that one comes to by going on, in every order', () =>
  withPeople(people, async (db) => {
    for (const sort of sortKeys) {
      for (const filter of [
        { ...firstPage, sort },
        { ...firstPage, sort, descending: true, search: 'a' },
      ]) {
        const { forwards } = await walkThrough(db, filter);
        for (const page of forwards.slice(1)) {
          const cursor = await cursorAt(db, accountId, filter, page.start);
          expect((await pageOfUsers(db, accountId, { ...filter, cursor: cursor ?? '' })).users).toEqual(page.users);
        }
        expect(await cursorAt(db, accountId, filter, 1)).toBeNull();
        expect(await cursorAt(db, accountId, filter, 100_000)).toBeNull();
      }
    }
  }));

test('a page has as many people as were asked for, and its neighbours leave nobody out', () =>
  withPeople(people, async (db) => {
    const whole = (await walkThrough(db, firstPage)).forwards.flatMap(({ users }) => users);
    const first = await pageOfUsers(db, accountId, firstPage, 200);
    const second = await pageOfUsers(db, accountId, { ...firstPage, cursor: first.next ?? '' }, 200);
    const back = await pageOfUsers(db, accountId, { ...firstPage, cursor: second.previous ?? '' }, 200);

    expect([...first.users, ...second.users]).toEqual(whole);
    expect(second).toMatchObject({ start: 201, next: null });
    expect(back).toMatchObject({ start: 1, users: first.users });
  }));

describe('a cursor', () => {
  const forged = (...parts: unknown[]) => Buffer.from(JSON.stringify(parts)).toString('base64url');

  test('that we did not write, or wrote for another order, shows the first page', () =>
    withPeople(people, async (db) => {
      const first = await pageOfUsers(db, accountId, firstPage);
      const byEmail = await pageOfUsers(db, accountId, { ...firstPage, sort: 'email' });
      const cursors = [
        'x',
        'W10',
        '💥',
        byEmail.next ?? '',
        forged('next', 'name', true, 'a', '1', 51),
        forged('next', 'name', false, 'a\0', '1', 51),
        forged('next', 'name', false, '\ud800', '1', 51),
        forged('next', 'name', false, 'a', '1; drop', 51),
        forged('next', 'name', false, 'a', '99999999999999999999', 51),
        forged('next', 'name', false, 'a', '1', 0),
        forged('next', 'name', false, 'a', '1', 1e300),
        forged('sideways', 'name', false, 'a', '1', 51),
      ];
      for (const cursor of cursors) {
        expect((await pageOfUsers(db, accountId, { ...firstPage, cursor })).users).toEqual(first.users);
      }
      for (const key of ['', 'yesterday', '2026-02-30T00:00:00.000000Z', 'infinity', '2026-01-01']) {
        const filter: UserFilter = {
          ...firstPage,
          sort: 'changed',
          cursor: forged('next', 'changed', false, key, '1', 51),
        };
        expect((await pageOfUsers(db, accountId, filter)).start).toBe(1);
      }
    }));

  test('whose position is made up does not make the page lie', () =>
    withPeople(people, async (db) => {
      const { next } = await pageOfUsers(db, accountId, firstPage);
      const [, , , key, seq]: unknown[] = JSON.parse(Buffer.from(next ?? '', 'base64url').toString());
      const cursor = forged('next', 'name', false, key, seq, 900_000);
      expect(await pageOfUsers(db, accountId, { ...firstPage, cursor })).toMatchObject({ start: 51, total: 333 });
    }));
});
