import { expect, test } from 'vitest';
import { type BatchDesk, crowd, mona, otto, withBatches } from '../../testing/batches.ts';

const idsOf = async (desk: BatchDesk, id: string) => (await desk.items(id)).map(({ user }) => user?.id);

test('each cause is retried on its own, and the batch says which cause each retry was about', () =>
  withBatches(async (desk) => {
    const { control } = desk;
    await control.failNext('BatchUpdateUser', 'ForbiddenException', { userId: 'p0003', count: 0 });
    await control.failNext('BatchUpdateUser', 'ServiceFailureException', { userId: 'p0007', count: 0 });
    const first = await desk.run();
    expect((await desk.failures(first.id)).map(({ code }) => code).sort()).toEqual(['forbidden', 'service-failure']);
    await control.clear();

    const retry = await desk.prepare({ kind: 'retry', batchId: first.id, only: 'service-failure' });
    expect(await idsOf(desk, retry)).toEqual(['p0007']);
    await desk.submit(retry);
    await desk.workUntil(retry, 'done');

    expect(await desk.show(first.id)).toMatchObject({
      followers: [{ id: retry, kind: 'retry', only: 'service-failure' }],
    });
    expect(await idsOf(desk, await desk.prepare({ kind: 'retry', batchId: first.id, only: 'forbidden' }))).toEqual([
      'p0003',
    ]);
  }));

test('after a stop, those who were never tried are apart from those who failed, and it says who stopped it', () =>
  withBatches(async (desk) => {
    await desk.control.failNext('BatchUpdateUser', 'ForbiddenException', { userId: 'p0001', count: 0 });
    const id = await desk.prepare();
    await desk.submit(id);
    await desk.begin();
    await desk.db
      .updateTable('batch_items')
      .set({ not_before: new Date(Date.now() + 3_600_000) })
      .where('position', '>', 20)
      .execute();
    await desk.work(1);
    await desk.steer(id, 'pause', otto);
    expect(await desk.show(id)).toMatchObject({ state: 'paused', steeredBy: { name: 'Otto Lind' } });
    await desk.steer(id, 'resume');
    await desk.steer(id, 'stop', otto);

    expect(await desk.show(id)).toMatchObject({
      state: 'stopped',
      left: 25,
      failed: 1,
      steeredBy: { name: 'Otto Lind' },
    });
    const rest = await desk.show(await desk.prepare({ kind: 'retry', batchId: id, only: 'left' }));
    expect(rest.total).toBe(25);
  }, crowd(45)));

test('an undo says to which plan it goes back, where that is one', () =>
  withBatches(async (desk) => {
    const first = await desk.run();
    const undo = await desk.show(await desk.prepare({ kind: 'undo', batchId: first.id }, null, mona));
    expect(undo).toMatchObject({ to: 'Basic', total: 45, source: { kind: 'undo' } });
  }));

test('an undo of people who had different plans names none', () =>
  withBatches(async (desk) => {
    await desk.change([{ userId: 'p0001', from: 'Basic', to: 'Pro' }]);
    const rows = ['p0001', 'p0002'].map((userId, index) => ({
      ref: { userId, email: null, upn: null },
      license: index === 0 ? ('Basic' as const) : ('Pro' as const),
    }));
    const first = await desk.run({ kind: 'file', name: 'people.csv', rows }, null);
    expect(first.changed).toBe(2);
    const undo = await desk.show(await desk.prepare({ kind: 'undo', batchId: first.id }, null));
    expect(undo).toMatchObject({ to: null, total: 2 });
  }));
