import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { authConfig, withBatches } from '../../../testing/batches.ts';
import { runBatches } from './run-batches.ts';

test('more previews at once than Carillon prepares are refused as too busy, and the others are made', () =>
  withBatches(async (desk) => {
    const asked = await Promise.allSettled(Array.from({ length: 20 }, () => desk.prepare()));

    const refused = asked.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
    expect(refused.length).toBeGreaterThan(0);
    for (const reason of refused) expect(reason).toMatchObject({ name: 'Refusal', code: 'too-busy' });
    expect(asked.length - refused.length).toBeGreaterThanOrEqual(13);
  }));

test('a worker leaves people whom another one has hold of, instead of asking for them again and again', () =>
  withBatches(async (desk) => {
    const id = await desk.prepare();
    await desk.submit(id);
    await desk.begin();

    await desk.db.transaction().execute(async (trx) => {
      await sql`select from batch_items where batch_id = ${id}::uuid for update`.execute(trx);
      await runBatches(desk.deps, authConfig, new AbortController().signal);
    });

    const { state, left, total } = await desk.show(id);
    expect({ state, left }).toEqual({ state: 'running', left: total });
  }));
