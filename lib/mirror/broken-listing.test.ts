import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { exampleAccounts } from '../../local-chime/people/organisation.ts';
import type { Person } from '../../testing/chime.ts';
import { type Desk, syncEverything, until, withDesk } from '../../testing/desk.ts';
import { freshnessOf, wantSync } from '../accounts/store.ts';
import { syncDueAccount } from './sync-mirror.ts';

/** Three pages of Chime's listing. */
const people: Person[] = Array.from({ length: 450 }, (_, index) => ({
  UserId: `u${index}`,
  DisplayName: `Person ${index}`,
  PrimaryEmail: `p${index}@nordwind.example`,
  LicenseType: 'Basic',
}));

const withPeople = (run: (desk: Desk) => Promise<void>) => withDesk(run, people);

const idsIn = async (desk: Desk, accountId: string = desk.accountId) =>
  (await desk.db.selectFrom('users').select('id').where('account_id', '=', accountId).execute())
    .map(({ id }) => id)
    .sort();

const idsInChime = (desk: Desk) =>
  desk.chimeService
    .everyone()
    .map(({ UserId }) => UserId)
    .sort();

async function syncOnce(desk: Desk) {
  await wantSync(desk.db, desk.accountId);
  return syncDueAccount(desk.deps);
}

/** The first pages of the next listing are as they are, and then this happens. */
async function afterPages(desk: Desk, pages: number, plant: () => Promise<unknown>) {
  const scope = { accountId: desk.accountId };
  if (pages > 0) await desk.control.answerNext('ListUsers', { kind: 'listing' }, { ...scope, count: pages });
  await plant();
}

const listings = async (desk: Desk, after: number) =>
  (await desk.control.calls(after)).filter(
    ({ operation, accountId }) => operation === 'ListUsers' && accountId === desk.accountId,
  );

const lastCall = async (desk: Desk) => (await desk.control.calls()).at(-1)?.seq ?? 0;

describe('a listing that is not what it should be removes nobody, and the next clean one puts it right', () => {
  const scope = (desk: Desk) => ({ accountId: desk.accountId });
  const faults = {
    'a page without its people': (desk: Desk) =>
      desk.control.answerNext('ListUsers', { kind: 'listing', users: 'none' }, scope(desk)),
    'an end that comes too early': (desk: Desk) =>
      desk.control.answerNext('ListUsers', { kind: 'listing', nextToken: null }, scope(desk)),
    'somebody named twice on a page': (desk: Desk) =>
      desk.control.answerNext('ListUsers', { kind: 'listing', users: 'twice' }, scope(desk)),
    'a token that comes again': (desk: Desk) => repeatToken(desk),
  };

  for (const [fault, plant] of Object.entries(faults)) {
    for (const pages of [0, 1]) {
      test(`${fault}, after ${pages} good pages`, () =>
        withPeople(async (desk) => {
          const before = await freshnessOf(desk.db, desk.accountId);
          await desk.control.removeUser(desk.accountId, 'u7');
          await afterPages(desk, pages, () => plant(desk));

          expect(await syncOnce(desk)).toMatchObject({ failure: 'unreadable' });

          const held = await idsIn(desk);
          expect(idsInChime(desk).filter((id) => !held.includes(id))).toEqual([]);
          expect((await freshnessOf(desk.db, desk.accountId)).asOf).toBe(before.asOf);

          await desk.control.clear();
          expect(await syncOnce(desk)).toEqual({ accountId: desk.accountId });
          expect(await idsIn(desk)).toEqual(idsInChime(desk));
        }));
    }
  }

  test('somebody named on two pages', () =>
    withPeople(async (desk) => {
      const listing = { kind: 'listing', nextToken: await tokenAfter(desk, 1) } as const;
      await afterPages(desk, 1, () => desk.control.answerNext('ListUsers', listing, scope(desk)));

      expect(await syncOnce(desk)).toMatchObject({ failure: 'unreadable' });
      expect(await idsIn(desk)).toEqual(idsInChime(desk));
    }));
});

describe('a listing that was broken off', () => {
  test('goes on where it stood', () =>
    withPeople(async (desk) => {
      await wantSync(desk.db, desk.accountId);
      await desk.db.updateTable('accounts').set({ complete_as_of: null }).where('id', '=', desk.accountId).execute();
      await afterPages(desk, 2, () =>
        desk.control.failNext('ListUsers', 'ServiceUnavailableException', { accountId: desk.accountId, count: 3 }),
      );
      expect(await syncDueAccount(desk.deps)).toMatchObject({ failure: 'unavailable' });
      const seen = await lastCall(desk);
      await desk.db.updateTable('accounts').set({ sync_failed_at: null }).execute();

      await syncEverything(desk.deps);

      expect(await listings(desk, seen)).toHaveLength(1);
      expect(await freshnessOf(desk.db, desk.accountId)).toMatchObject({ syncing: null, failure: null });
      expect(await idsIn(desk)).toEqual(idsInChime(desk));
    }));

  test('begins anew when Chime does not take its token any more', () =>
    withPeople(async (desk) => {
      await breakOff(desk);
      await desk.db
        .updateTable('listing_pages')
        .set({ next_token: 'no-token-of-chime' })
        .where('page', '=', 2)
        .execute();

      expect(await syncDueAccount(desk.deps)).toMatchObject({ failure: 'bad-request' });
      await desk.db.updateTable('accounts').set({ sync_failed_at: null }).execute();

      expect(await syncDueAccount(desk.deps)).toEqual({ accountId: desk.accountId });
      expect(await idsIn(desk)).toEqual(idsInChime(desk));
    }));

  test('by a stopping worker is free at once', () =>
    withPeople(async (desk) => {
      const stopping = new AbortController();
      await desk.control.delay('ListUsers', 60_000, { accountId: desk.accountId });
      await wantSync(desk.db, desk.accountId);
      const seen = await lastCall(desk);
      const syncing = syncDueAccount(desk.deps, stopping.signal);
      await until(async () => (await listings(desk, seen)).length > 0);
      stopping.abort();
      await syncing;

      expect(await freshnessOf(desk.db, desk.accountId)).toMatchObject({ syncing: null, failure: null });
      expect(await syncDueAccount(desk.deps)).toEqual({ accountId: desk.accountId });
    }));

  test('and taken over can write nothing more', () =>
    withPeople(async (desk) => {
      await desk.control.delay('ListUsers', 1_000, { accountId: desk.accountId });
      await wantSync(desk.db, desk.accountId);
      const seen = await lastCall(desk);
      const slow = syncDueAccount(desk.deps);
      await until(async () => (await listings(desk, seen)).length > 0);
      await desk.db
        .updateTable('accounts')
        .set({ sync_touched_at: new Date(0) })
        .where('id', '=', desk.accountId)
        .execute();
      await desk.control.changeOutside(desk.accountId, 'u3', { DisplayName: 'Somebody Else' });

      expect(await syncDueAccount(desk.deps)).toEqual({ accountId: desk.accountId });
      const { asOf } = await freshnessOf(desk.db, desk.accountId);
      await slow;

      expect(await freshnessOf(desk.db, desk.accountId)).toEqual({ asOf, leftOut: 0, syncing: null, failure: null });
      expect(await idsIn(desk)).toEqual(idsInChime(desk));
    }));
});

test('throttling is obeyed, and the listing comes to its end', () =>
  withPeople(async (desk) => {
    await afterPages(desk, 1, () =>
      desk.control.failNext('ListUsers', 'ThrottledClientException', {
        accountId: desk.accountId,
        count: 2,
        retryAfterSeconds: 1,
      }),
    );
    const seen = await lastCall(desk);

    expect(await syncOnce(desk)).toEqual({ accountId: desk.accountId });

    const calls = await listings(desk, seen);
    expect(calls.map(({ status }) => status)).toEqual([200, 429, 429, 200, 200]);
    const at = calls.map((call) => Date.parse(call.at));
    expect((at[2] ?? 0) - (at[1] ?? 0)).toBeGreaterThanOrEqual(1_000);
    expect((at[3] ?? 0) - (at[2] ?? 0)).toBeGreaterThanOrEqual(1_000);
  }));

test('a lost connection is tried again', () =>
  withPeople(async (desk) => {
    await desk.control.drop('ListUsers', 'before', { accountId: desk.accountId, count: 2 });

    expect(await syncOnce(desk)).toEqual({ accountId: desk.accountId });
  }));

test('somebody who moves to another account is there and no longer here', () =>
  withPeople(async (desk) => {
    await desk.control.removeUser(desk.accountId, 'u9');
    await desk.control.addUser(exampleAccounts.team, { UserId: 'u9', DisplayName: 'Person 9', LicenseType: 'Basic' });
    await wantSync(desk.db, desk.accountId);
    await wantSync(desk.db, exampleAccounts.team);

    await syncEverything(desk.deps);

    expect(await idsIn(desk)).not.toContain('u9');
    expect(await idsIn(desk, exampleAccounts.team)).toContain('u9');
  }));

test('listings that follow each other are one time in which the account was seen, and a failure is what a gap was for', () =>
  withPeople(async (desk) => {
    const seen = () =>
      desk.db
        .selectFrom('coverage')
        .select(['seen_from', 'seen_until', 'unseen_because'])
        .where('account_id', '=', desk.accountId)
        .orderBy('seen_from')
        .execute();
    await syncOnce(desk);
    await syncOnce(desk);
    const [first, ...none] = await seen();
    expect(none).toEqual([]);
    expect(first?.seen_until.getTime()).toBeGreaterThan(first?.seen_from.getTime() ?? 0);

    await sql`update coverage set seen_from = seen_from - interval '3 hours', seen_until = seen_until - interval '2 hours'`.execute(
      desk.db,
    );
    await desk.control.failNext('ListUsers', 'ServiceUnavailableException', { accountId: desk.accountId, count: 3 });
    await wantSync(desk.db, desk.accountId);
    expect(await syncDueAccount(desk.deps)).toMatchObject({ failure: 'unavailable' });
    await syncOnce(desk);

    expect((await seen()).map((row) => row.unseen_because)).toEqual([null, 'unavailable']);
  }));

/** Leaves a first listing behind after two of its three pages. */
async function breakOff(desk: Desk) {
  await desk.db.updateTable('accounts').set({ complete_as_of: null }).where('id', '=', desk.accountId).execute();
  await afterPages(desk, 2, () =>
    desk.control.failNext('ListUsers', 'ServiceUnavailableException', { accountId: desk.accountId, count: 3 }),
  );
  expect(await syncDueAccount(desk.deps)).toMatchObject({ failure: 'unavailable' });
  await desk.db.updateTable('accounts').set({ sync_failed_at: null }).execute();
}

/** Every page leads to the second one. */
async function repeatToken(desk: Desk) {
  const listing = { kind: 'listing', nextToken: await tokenAfter(desk, 1) } as const;
  await desk.control.answerNext('ListUsers', listing, { accountId: desk.accountId, count: 3 });
}

/** Where the page after so many good ones begins, taken without touching what is planted. */
async function tokenAfter(desk: Desk, pages: number): Promise<string> {
  const planted = await desk.control.faults();
  await desk.control.clear();
  let token: string | null = null;
  for (let page = 0; page < pages; page += 1) token = (await desk.chime.listUsers(desk.accountId, token)).next;
  for (const { id: _, ...plant } of planted) await desk.control.plant(plant);
  if (token === null) throw new Error('The listing is too short.');
  return token;
}
