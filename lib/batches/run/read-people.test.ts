import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { authConfig, type BatchDesk, crowd, withBatches } from '../../../testing/batches.ts';
import { until } from '../../../testing/desk.ts';
import { hear } from '../../db/channel.ts';
import { callToWork } from '../../events/tell.ts';
import { syncDueAccount } from '../../mirror/sync-mirror.ts';
import { reportOnBatch } from '../show-batch.ts';
import { noteRead } from './freshness-store.ts';
import { readPeople } from './read-people.ts';
import { runBatches, startBatches } from './run-batches.ts';

const never = new AbortController().signal;

/** An account of three pages. */
const large = crowd(450);

/** People by their place in the account. */
const some = (...places: number[]) => ({ kind: 'people' as const, userIds: places.map(idAt) });
const idAt = (place: number) => `p${String(place).padStart(4, '0')}`;

async function submitted(desk: BatchDesk, people: Parameters<BatchDesk['prepare']>[0]): Promise<string> {
  const id = await desk.prepare(people);
  await desk.submit(id);
  await startBatches(desk.deps);
  return id;
}

/** The calls of these operations since the test began. */
async function callsOf(desk: BatchDesk, ...operations: string[]) {
  const calls = await desk.control.calls();
  return calls.filter(
    ({ operation, accountId }) => operations.includes(operation ?? '') && accountId === desk.accountId,
  );
}

/** Lists an account that is due; batches are told of each page. */
const list = (desk: BatchDesk) => syncDueAccount(desk.deps, never, (page) => noteRead(desk.db, page));

const send = (desk: BatchDesk) => runBatches(desk.deps, authConfig, never);

describe.concurrent('a batch of a few people in a large account', () => {
  test('reads them one by one, and does not wait for a listing', () =>
    withBatches(async (desk) => {
      const listedBefore = (await callsOf(desk, 'ListUsers')).length;
      const id = await submitted(desk, some(7, 300, 449));
      await readPeople(desk.deps, never);
      await startBatches(desk.deps);
      await send(desk);

      expect(await desk.show(id)).toMatchObject({ state: 'done', changed: 3 });
      expect((await callsOf(desk, 'ListUsers')).length).toBe(listedBefore);
      expect((await callsOf(desk, 'GetUser')).map(({ userId }) => userId).sort()).toEqual([7, 300, 449].map(idAt));
    }, large));

  test('calls those who read as soon as it begins', () =>
    withBatches(async (desk) => {
      const id = await desk.prepare(some(7));
      await desk.submit(id);
      const calls: string[] = [];
      const hearing = hear(desk.databaseUrl, {
        onText: (text) => text === callToWork && calls.push(text),
        onLost: (error) => calls.push(String(error)),
        onGap: () => calls.push('a gap'),
      });
      await hearing.ready;
      await startBatches(desk.deps);
      await until(async () => calls.length > 0);
      await hearing.stop();
      await readPeople(desk.deps, never);

      expect(calls).toEqual([callToWork]);
      expect((await callsOf(desk, 'GetUser')).map(({ userId }) => userId)).toEqual([idAt(7)]);
    }, large));

  test('overwrites nobody who was changed outside after the preview', () =>
    withBatches(async (desk) => {
      const id = await desk.prepare(some(7, 300));
      await desk.control.changeOutside(desk.accountId, idAt(300), { LicenseType: 'Plus' });
      await desk.submit(id);

      expect(await desk.workUntil(id, 'done')).toMatchObject({ changed: 1, failed: 1 });
      expect(await desk.licenseOf(idAt(300))).toBe('Plus');
      expect(await desk.failures(id)).toMatchObject([{ code: 'conflict', people: 1 }]);
    }, large));

  test('fails who is gone from Chime, and changes the others', () =>
    withBatches(async (desk) => {
      const id = await desk.prepare(some(7, 300));
      await desk.control.removeUser(desk.accountId, idAt(300));
      await desk.submit(id);

      expect(await desk.workUntil(id, 'done')).toMatchObject({ changed: 1, failed: 1 });
    }, large));

  test('sends nothing for a person of whom Chime does not say what they have', () =>
    withBatches(async (desk) => {
      const id = await desk.prepare(some(7, 300));
      await desk.control.answerNext('GetUser', { kind: 'empty', apply: false }, { userId: idAt(300), count: 0 });
      await desk.submit(id);

      expect(await desk.workUntil(id, 'done')).toMatchObject({ changed: 1, failed: 1 });
      expect(await desk.failures(id)).toMatchObject([{ code: 'unreadable', people: 1 }]);
      expect((await desk.control.journal()).map(({ userId }) => userId)).toEqual([idAt(7)]);
      await desk.expectBooksToAgree(id);
    }, large));

  test.each(['ThrottledClientException', 'ServiceUnavailableException'])(
    'waits where Chime answers %s, and goes on',
    (error) =>
      withBatches(async (desk) => {
        const id = await desk.prepare(some(7, 300));
        await desk.control.failNext('GetUser', error, { count: 4 });
        await desk.submit(id);

        expect(await desk.workUntil(id, 'done')).toMatchObject({ changed: 2, failed: 0 });
        await desk.expectBooksToAgree(id);
      }, large),
  );

  test('is read by another worker when the one that read is gone', () =>
    withBatches(async (desk) => {
      const stopping = new AbortController();
      const id = await submitted(desk, some(7, 300));
      await desk.control.delay('GetUser', 3_000, { count: 2 });
      const killed = readPeople(desk.deps, stopping.signal).catch(() => 'killed');
      await until(async () => (await callsOf(desk, 'GetUser')).length === 2);
      await readPeople(desk.deps, never); // the first has them
      expect((await callsOf(desk, 'GetUser')).length).toBe(2);
      stopping.abort();
      expect(await killed).toBe('killed');

      await sql`update batches set reading_until = clock_timestamp()`.execute(desk.db); // its time is over
      expect(await desk.workUntil(id, 'done')).toMatchObject({ changed: 2, failed: 0 });
      await desk.expectBooksToAgree(id);
    }, large));

  test('settles nobody who cannot be read once it has been paused', () =>
    withBatches(async (desk) => {
      await desk.control.answerNext('GetUser', { kind: 'empty', apply: false }, { userId: idAt(300), count: 0 });
      const id = await submitted(desk, some(7, 300));
      const reading = readPeople(desk.deps, never); // the person is asked for three times before that is given up
      await until(async () => (await callsOf(desk, 'GetUser')).length > 0);
      await desk.steer(id, 'pause');
      await reading;

      expect(await desk.show(id)).toMatchObject({ state: 'paused', changed: 0, failed: 0, left: 2 });
    }, large));

  test('says how many people are read', () =>
    withBatches(async (desk) => {
      const id = await submitted(desk, some(7, 300, 449));
      await noteRead(desk.db, { accountId: desk.accountId, userIds: [idAt(7)], readAt: await now(desk) });
      const report = () => reportOnBatch(desk.deps, desk.accountId, id, { id: 'mona', role: 'admin' }, {});
      expect(await report()).toMatchObject({ reading: { by: 'person', read: 1, about: 3 } });

      await desk.workUntil(id, 'done');
      expect(await report()).toMatchObject({ reading: null });
    }, large));
});

describe.concurrent('a batch of more people than it takes calls to list their account', () => {
  const many = some(...Array.from({ length: 60 }, (_, index) => index));

  test('is sent while the listing goes on', () =>
    withBatches(async (desk) => {
      const id = await submitted(desk, many);
      await readPeople(desk.deps, never);
      expect(await callsOf(desk, 'GetUser')).toEqual([]);
      const sent = Promise.withResolvers<void>();
      const seen = Promise.withResolvers<void>();
      const listing = syncDueAccount(desk.deps, never, async (page) => {
        await noteRead(desk.db, page);
        await startBatches(desk.deps);
        await send(desk);
        sent.resolve();
        await seen.promise; // the next page waits for it
      });
      await sent.promise;
      expect(await desk.show(id)).toMatchObject({ state: 'done', changed: 60 });
      const { rows } = await sql`select from accounts where sync_started_at is not null`.execute(desk.db);
      expect(rows).toHaveLength(1);
      seen.resolve();
      await listing;
      await desk.expectBooksToAgree(id);
    }, large));

  test('is sent in whole calls, also where each page names a few of its people', () =>
    withBatches(async (desk) => {
      const id = await submitted(desk, some(...Array.from({ length: 44 }, (_, index) => index * 10)));
      await syncDueAccount(desk.deps, never, async (page) => {
        await noteRead(desk.db, page);
        await startBatches(desk.deps);
        await send(desk);
      });
      await startBatches(desk.deps);
      await send(desk);

      expect(await desk.show(id)).toMatchObject({ state: 'done', changed: 44 });
      expect(await desk.updates()).toHaveLength(3);
    }, large));

  test('takes the pages that are left of a listing under way, and reads the last few one by one', () =>
    withBatches(async (desk) => {
      await sql`update accounts set sync_wanted = true where id = ${desk.accountId}`.execute(desk.db);
      let id = '';
      let pages = 0;
      await syncDueAccount(desk.deps, never, async (page) => {
        pages += 1;
        if (pages === 1)
          id = await submitted(desk, some(1, 2, ...Array.from({ length: 48 }, (_, index) => 400 + index)));
        await noteRead(desk.db, page);
      });
      await startBatches(desk.deps);
      await readPeople(desk.deps, never);
      await startBatches(desk.deps);
      await send(desk);
      await send(desk);

      expect(await desk.show(id)).toMatchObject({ state: 'done', changed: 50 });
      expect((await callsOf(desk, 'GetUser')).length).toBe(2);
      await desk.expectBooksToAgree(id);
    }, large));

  test('is listed again where a listing broke off, with nobody sent who was not read', () =>
    withBatches(async (desk) => {
      const id = await submitted(desk, some(...Array.from({ length: 60 }, (_, index) => index * 7)));
      await desk.control.failNext('ListUsers', 'ForbiddenException', { count: 1 });
      expect(await list(desk)).toMatchObject({ failure: 'forbidden' });
      await startBatches(desk.deps);
      await send(desk);
      expect(await desk.updates()).toEqual([]);

      await sql`update accounts set sync_failed_at = null`.execute(desk.db); // its pause is over
      expect(await desk.workUntil(id, 'done')).toMatchObject({ changed: 60, failed: 0 });
    }, large));
});

async function now(desk: BatchDesk): Promise<Date> {
  const { rows } = await sql<{ now: Date }>`select clock_timestamp() as now`.execute(desk.db);
  return rows[0]?.now ?? new Date();
}
