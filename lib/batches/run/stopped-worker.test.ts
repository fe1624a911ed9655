import { expect, test } from 'vitest';
import { crowd, withBatches } from '../../../testing/batches.ts';
import { until } from '../../../testing/desk.ts';
import { startWorker } from '../../../testing/worker.ts';

test('a worker that is asked to stop takes nothing new, finishes the calls that it is at, and leaves nobody in hand', () =>
  withBatches(async (desk) => {
    const { db, control } = desk;
    await control.delay('BatchUpdateUser', 1_500, { count: 0 });
    const id = await desk.prepare();
    await desk.submit(id);
    const worker = await startWorker(desk);
    await until(async () => (await desk.updates()).length > 0);
    expect(await worker.stop()).toBe('exit code 0');

    const sent = (await desk.updates()).length;
    const inHand = db.selectFrom('batch_items').selectAll().where('state', '=', 'sent');
    expect(await inHand.execute()).toEqual([]);
    expect(await db.selectFrom('batch_chunks').selectAll().execute()).toEqual([]);
    expect(await desk.show(id)).toMatchObject({ changed: 20 * sent, failed: 0 });
    expect(await db.selectFrom('workers').selectAll().execute()).toEqual([]);

    await control.clear();
    expect(await desk.workUntil(id, 'done')).toMatchObject({ changed: 400, failed: 0 });
    expect(await desk.updates()).toHaveLength(20);
    await desk.expectBooksToAgree(id);
  }, crowd(400)));
