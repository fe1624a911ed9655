import { expect, test } from 'vitest';
import { crowd, withBatches } from '../../testing/batches.ts';

test('who changed somebody meanwhile is told apart from another operator of the same name', () =>
  withBatches(async (desk) => {
    await desk.db.updateTable('operators').set({ name: 'Mona Brandt' }).where('id', '=', 'otto').execute();
    const id = await desk.prepare();
    await desk.submit(id);
    await desk.begin();
    const byOtto = { operatorId: 'otto', operatorName: 'Mona Brandt', operatorRole: 'admin' };
    await desk.change([{ userId: 'p0001', from: 'Basic', to: 'Pro' }], byOtto);

    await desk.workUntil(id, 'done', 'paused');

    expect((await desk.items(id, { state: 'failed' })).map(({ failure }) => failure)).toMatchObject([
      { code: 'conflict', current: 'Pro', other: { name: 'Mona Brandt', login: 'otto' } },
    ]);
  }, crowd(3)));
