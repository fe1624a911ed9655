import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { authConfig, type BatchDesk, withBatches } from '../../../testing/batches.ts';
import { breakMirrorOf } from '../../../testing/broken-mirror.ts';
import { until } from '../../../testing/desk.ts';
import { runBatches } from './run-batches.ts';

/** Submits everybody to Pro, with something planted before, and works until it is over. */
async function runWith(desk: BatchDesk, plant: () => Promise<unknown>) {
  const id = await desk.prepare();
  await desk.submit(id);
  await desk.begin();
  await plant();
  const batch = await desk.workUntil(id, 'done', 'paused', 'stopped');
  await desk.expectBooksToAgree(id);
  return batch;
}

/** How often each person was part of a call that reached Chime. */
async function timesChanged(desk: BatchDesk): Promise<Map<string, number>> {
  const times = new Map<string, number>();
  for (const { userId } of await desk.control.journal()) times.set(userId, (times.get(userId) ?? 0) + 1);
  return times;
}

const everybodyPro = { state: 'done', total: 45, changed: 45, failed: 0, left: 0 };

describe.concurrent('a batch whose call', () => {
  const passing = [
    ['is throttled', (desk: BatchDesk) => desk.control.failNext('BatchUpdateUser', 'ThrottledClientException')],
    [
      'is throttled, with a time to wait',
      (desk: BatchDesk) =>
        desk.control.failNext('BatchUpdateUser', 'ThrottledClientException', { retryAfterSeconds: 1 }),
    ],
    ['meets a fault', (desk: BatchDesk) => desk.control.failNext('BatchUpdateUser', 'ServiceFailureException')],
    [
      'meets a fault after Chime has applied it',
      (desk: BatchDesk) => desk.control.failNext('BatchUpdateUser', 'ServiceFailureException', { afterApplying: true }),
    ],
    [
      'finds Chime unavailable',
      (desk: BatchDesk) => desk.control.failNext('BatchUpdateUser', 'ServiceUnavailableException'),
    ],
    ['is reset before it is applied', (desk: BatchDesk) => desk.control.drop('BatchUpdateUser', 'before')],
    ['is reset after it was applied', (desk: BatchDesk) => desk.control.drop('BatchUpdateUser', 'after')],
    [
      'is answered with an empty 200 and was applied',
      (desk: BatchDesk) => desk.control.answerNext('BatchUpdateUser', { kind: 'empty', apply: true }),
    ],
    [
      'is answered with an empty 200 and was not applied',
      (desk: BatchDesk) => desk.control.answerNext('BatchUpdateUser', { kind: 'empty', apply: false }),
    ],
    [
      'is answered with a page of HTML',
      (desk: BatchDesk) => desk.control.answerNext('BatchUpdateUser', { kind: 'html', status: 502, apply: false }),
    ],
    [
      'is refused because of our key',
      (desk: BatchDesk) => desk.control.failNext('BatchUpdateUser', 'UnauthorizedClientException'),
    ],
    [
      'cannot be read back at first',
      async (desk: BatchDesk) => {
        await desk.control.drop('BatchUpdateUser', 'after');
        await desk.control.failNext('GetUser', 'ServiceFailureException', { count: 4 });
      },
    ],
  ] as const;
  for (const [what, plant] of passing) {
    test(`${what} fails nobody, and changes everybody once`, () =>
      withBatches(async (desk) => {
        expect(await runWith(desk, () => plant(desk))).toMatchObject(everybodyPro);
        expect([...(await timesChanged(desk)).values()].every((times) => times === 1)).toBe(true);
      }));
  }

  test('refuses some of its people fails those alone, each with its cause', () =>
    withBatches(async (desk) => {
      const causes = ['ForbiddenException', 'NotFoundException', 'BadRequestException', 'UnprocessableEntityException'];
      const batch = await runWith(desk, async () => {
        for (const [index, error] of causes.entries()) {
          await desk.control.failNext('BatchUpdateUser', error, { userId: `p000${index}` });
        }
      });

      expect(batch).toMatchObject({ changed: 41, failed: 4 });
      expect((await desk.failures(batch.id)).map(({ code }) => code).sort()).toEqual([
        'bad-request',
        'forbidden',
        'not-found',
        'unprocessable',
      ]);
    }));

  test('throttles some of its people, or has a fault with them, tries those again', () =>
    withBatches(async (desk) => {
      const batch = await runWith(desk, async () => {
        await desk.control.failNext('BatchUpdateUser', 'ThrottledClientException', { userId: 'p0001', count: 2 });
        await desk.control.failNext('BatchUpdateUser', 'ServiceFailureException', { userId: 'p0002' });
        await desk.control.failNext('BatchUpdateUser', 'ServiceFailureException', {
          userId: 'p0003',
          afterApplying: true,
        });
      });
      expect(batch).toMatchObject(everybodyPro);
    }));

  test('has a fault with the same person each time fails that person after three tries', () =>
    withBatches(async (desk) => {
      const batch = await runWith(desk, () =>
        desk.control.failNext('BatchUpdateUser', 'ServiceFailureException', { userId: 'p0001', count: 0 }),
      );
      expect(batch).toMatchObject({ changed: 44, failed: 1 });
      expect(await desk.items(batch.id, { state: 'failed' })).toMatchObject([
        { user: { id: 'p0001' }, tries: 3, failure: { code: 'service-failure' } },
      ]);
    }));

  test('is refused as a whole is sent person by person, and only whoever spoils it fails', () =>
    withBatches(async (desk) => {
      const batch = await runWith(desk, async () => {
        await desk.control.failNext('BatchUpdateUser', 'BadRequestException');
        await desk.control.failNext('BatchUpdateUser', 'BadRequestException', { userId: 'p0007', count: 0 });
      });
      expect(batch).toMatchObject({ changed: 44, failed: 1 });
    }));
});

describe.concurrent('an outage', () => {
  test('holds a batch up, fails nobody, and the batch goes on by itself when it is over', () =>
    withBatches(async (desk) => {
      const id = await desk.prepare();
      await desk.submit(id);
      await desk.begin();
      await desk.control.failNext('BatchUpdateUser', 'ServiceUnavailableException', { count: 0 });
      await until(async () => {
        await desk.work();
        return (await desk.show(id)).held?.code === 'unavailable';
      });
      expect(await desk.show(id)).toMatchObject({ state: 'running', changed: 0, failed: 0, left: 45 });

      await desk.control.clear();
      expect(await desk.workUntil(id, 'done')).toMatchObject(everybodyPro);
      await desk.expectBooksToAgree(id);
    }));

  test('keeps no worker from stopping: whoever is unknown then is found out by the next one', () =>
    withBatches(async (desk) => {
      const id = await desk.prepare();
      await desk.submit(id);
      await desk.begin();
      await desk.control.drop('BatchUpdateUser', 'after');
      await desk.control.failNext('GetUser', 'ForbiddenException', { count: 0 });
      const stopping = new AbortController();
      const working = desk.work(1, stopping.signal).catch((error: unknown) => error);
      await until(async () => (await desk.show(id)).held !== null);
      stopping.abort();
      expect(await working).toMatchObject({ name: 'AbortError' });

      await desk.control.clear();
      await desk.db
        .updateTable('batch_chunks')
        .set({ lease_until: new Date(0) })
        .execute();
      expect(await desk.workUntil(id, 'done')).toMatchObject(everybodyPro);
      await desk.expectBooksToAgree(id);
    }));

  test('that ends the service for good holds it up until an operator stops it', () =>
    withBatches(async (desk) => {
      const id = await desk.prepare();
      await desk.submit(id);
      await desk.begin();
      await desk.control.retire();
      await until(async () => {
        await desk.work();
        return (await desk.show(id)).held !== null;
      });
      expect(await desk.steer(id, 'stop')).toBe('stopped');
      expect(await desk.show(id)).toMatchObject({ failed: 0, left: 45 });
    }));
});

describe.concurrent('too many failures', () => {
  test('are no reason to pause before 50 people have an outcome', () =>
    withBatches(async (desk) => {
      const id = await desk.prepare();
      await desk.submit(id);
      await desk.begin();
      for (let index = 0; index < 45; index += 1) {
        const userId = `p${String(index).padStart(4, '0')}`;
        if (index % 10 === 0) await desk.control.failNext('BatchUpdateUser', 'ForbiddenException', { userId });
      }
      await desk.db.updateTable('batches').set({ total: 200 }).where('id', '=', id).execute();
      await desk.work(1);
      expect(await desk.show(id)).toMatchObject({ state: 'running', changed: 40, failed: 5 });
    }));

  test('pause a batch by themselves, and are counted anew when somebody lets it go on', () =>
    withBatches(async (desk) => {
      const id = await desk.prepare();
      await desk.submit(id);
      await desk.begin();
      await desk.db.updateTable('batches').set({ total: 900, changed: 800, failed: 44 }).where('id', '=', id).execute();
      await desk.control.failNext('BatchUpdateUser', 'ForbiddenException', { userId: 'p0001' });
      await desk.work(1);
      expect(await desk.show(id)).toMatchObject({ state: 'paused', cause: 'failures', failed: 45 });
      expect((await desk.audit()).at(-1)).toMatchObject({ action: 'batch-pause', operator: null });

      await desk.steer(id, 'resume');
      await desk.work(1);
      expect(await desk.show(id)).toMatchObject({ state: 'running', changed: 844, failed: 45 });
    }));
});

test('a fault of our own holds a batch up as our fault, not as one of Chime, and the batch ends once that has passed', () =>
  withBatches(async (desk) => {
    const id = await desk.prepare();
    await desk.submit(id);
    await desk.begin();
    const mend = await breakMirrorOf(desk.db, 'p0003');
    await runBatches(desk.deps, authConfig, new AbortController().signal);

    expect((await desk.show(id)).held).toMatchObject({ code: 'unexpected' });

    await mend();
    await sql`update batch_chunks set lease_until = clock_timestamp() - interval '1 second'`.execute(desk.db);
    await sql`update batches set held_until = clock_timestamp() - interval '1 second'`.execute(desk.db);
    expect(await desk.workUntil(id, 'done')).toMatchObject(everybodyPro);
    await desk.expectBooksToAgree(id);
  }));
