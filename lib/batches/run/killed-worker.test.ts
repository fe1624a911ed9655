import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { authConfig, type BatchDesk, crowd, otto, withBatches } from '../../../testing/batches.ts';
import { rounds } from '../../../testing/campaign.ts';
import { until } from '../../../testing/desk.ts';
import { startWorker } from '../../../testing/worker.ts';
import { maySubmitterRun } from '../rights.ts';
import { findBatch } from '../store.ts';
import { takeChunk } from './chunks-store.ts';
import type { Chunk } from './lease-store.ts';
import { settleChunk } from './settle-chunk.ts';

/** A running batch, and the people on it that a worker has in hand before it is killed. */
async function takenChunk(desk: BatchDesk): Promise<{ id: string; chunk: Chunk }> {
  const id = await desk.prepare();
  await desk.submit(id);
  await desk.begin();
  const batch = await findBatch(desk.db, desk.accountId, id);
  expect(batch && (await maySubmitterRun(desk.db, authConfig, batch))).toBe(true);
  const chunk = batch && (await takeChunk(desk.db, batch));
  if (!chunk) throw new Error('Nobody was taken.');
  return { id, chunk };
}

/** As if the time had passed after which a worker that says nothing is taken for dead. */
const letLeaseEnd = ({ db }: BatchDesk) =>
  db
    .updateTable('batch_chunks')
    .set({ lease_until: new Date(0) })
    .execute();

describe.concurrent('a worker killed', () => {
  test('after the intent and before the call leaves people whom the next one sends, once', () =>
    withBatches(async (desk) => {
      const { id } = await takenChunk(desk);
      await letLeaseEnd(desk);

      expect(await desk.workUntil(id, 'done')).toMatchObject({ changed: 45, failed: 0 });
      expect(await desk.updates()).toHaveLength(3);
      await desk.expectBooksToAgree(id);
    }));

  test('after Chime has answered and before settling leaves people whom nobody sends again', () =>
    withBatches(async (desk) => {
      const { id, chunk } = await takenChunk(desk);
      await desk.chime.updateLicenses(desk.accountId, chunk.people);
      await letLeaseEnd(desk);

      expect(await desk.workUntil(id, 'done')).toMatchObject({ changed: 45, failed: 0 });
      expect(await desk.updates()).toHaveLength(3);
      await desk.expectBooksToAgree(id);
    }));

  test('while its call is on its way: who was not changed yet is sent again, and all comes to one change each', () =>
    withBatches(async (desk) => {
      const { id, chunk } = await takenChunk(desk);
      await desk.control.delay('BatchUpdateUser', 5_000); // longer than a busy machine takes to take over
      const sent = desk.chime.updateLicenses(desk.accountId, chunk.people);
      await until(async () => (await desk.updates()).length === 1);
      await letLeaseEnd(desk);

      expect(await desk.workUntil(id, 'done')).toMatchObject({ changed: 45, failed: 0 });
      await sent;
      await desk.expectBooksToAgree(id);
      expect(await desk.updates()).toHaveLength(4);
    }));

  test('after settling leaves nothing to do but the rest', () =>
    withBatches(async (desk) => {
      const { id, chunk } = await takenChunk(desk);
      await desk.chime.updateLicenses(desk.accountId, chunk.people);
      const ended = chunk.people.map(({ changeId }) => ({ changeId, state: 'applied' as const }));
      await settleChunk(desk.db, chunk, ended);
      await settleChunk(desk.db, chunk, ended); // also when it comes back to life
      await letLeaseEnd(desk);

      expect(await desk.workUntil(id, 'done')).toMatchObject({ changed: 45, failed: 0 });
      expect(await desk.updates()).toHaveLength(3);
      await desk.expectBooksToAgree(id);
      expect(await desk.db.selectFrom('batch_chunks').selectAll().execute()).toEqual([]);
    }));

  test('is not dead while it says that it lives: nobody takes over', () =>
    withBatches(async (desk) => {
      const { id } = await takenChunk(desk);
      await desk.work();
      expect(await desk.show(id)).toMatchObject({ state: 'running', changed: 25, left: 20, underWay: 20 });
    }));
});

const people = rounds(1_200, 100_000);
const kills = rounds(3, 200);

test('two workers, one or the other killed at any moment, change everybody on the list and nobody else', () =>
  withBatches(async (desk) => {
    const stranger = 'stranger';
    await desk.control.addUser(desk.accountId, { UserId: stranger, DisplayName: 'Stranger', LicenseType: 'Basic' });
    const id = await desk.prepare();
    if ((await desk.submit(id)) === 'waiting') await desk.approve(id, otto);
    await desk.control.delay('BatchUpdateUser', rounds(700, 2_000), { count: 0 }); // so that the batch outlasts the kills
    const workers = [await startWorker(desk), await startWorker(desk)];
    try {
      for (let kill = 0; kill < kills; kill += 1) {
        const before = (await desk.show(id)).changed;
        await until(async () => (await desk.show(id)).changed > before);
        await pause(Math.random() * 700); // the moment of the kill is the point of the test
        const [victim] = workers.splice(0, 1);
        await victim?.kill();
        workers.push(await startWorker(desk));
      }
      expect(await desk.show(id)).toMatchObject({ state: 'running' });
      await desk.control.clear();
      await until(async () => (await desk.show(id)).state === 'done');
    } finally {
      for (const worker of workers) await worker.kill();
    }
    expect(await desk.show(id)).toMatchObject({ total: people, changed: people, failed: 0 });
    await desk.expectBooksToAgree(id);
    expect(await desk.licenseOf(stranger)).toBe('Basic');
    const twice = (await desk.control.journal()).filter(
      ({ operation, from, to }) => operation !== 'Outside' && from === to,
    );
    expect(twice.length).toBeLessThanOrEqual(20 * kills);
  }, crowd(people)));
