import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { withBatches } from '../../testing/batches.ts';
import { withDatabase } from '../../testing/database.ts';
import { freshnessOf, wantSync } from '../accounts/store.ts';
import { beginReading } from '../batches/run/freshness-store.ts';
import { reportOnBatch } from '../batches/show-batch.ts';
import { beat, forgetSilentWorkers, isAnyWorkerThere, signOff } from './heartbeat-store.ts';

test('a worker is there as long as it says so, and is forgotten when it stops or falls silent', () =>
  withDatabase(async (db) => {
    const [one, other] = [randomUUID(), randomUUID()];
    expect(await isAnyWorkerThere(db)).toBe(false);
    await beat(db, one);
    await beat(db, other);
    await signOff(db, one);
    expect(await isAnyWorkerThere(db)).toBe(true);

    await sql`update workers set seen_at = seen_at - interval '31 seconds'`.execute(db);
    expect(await isAnyWorkerThere(db)).toBe(false);
    await beat(db, other);
    expect(await isAnyWorkerThere(db)).toBe(true);

    await sql`update workers set seen_at = seen_at - interval '2 hours'`.execute(db);
    await beat(db, one);
    await forgetSilentWorkers(db);
    expect(await db.selectFrom('workers').select('id').execute()).toEqual([{ id: one }]);
  }));

test('a batch that is being prepared and a listing that was asked for say whether anybody works on them', () =>
  withBatches(async (desk) => {
    const { db, deps, accountId } = desk;
    const id = await desk.prepare();
    await desk.submit(id);
    await beginReading(db); // by a worker that is gone since
    await wantSync(db, accountId);
    const report = () => reportOnBatch(deps, accountId, id, { id: 'mona', role: 'admin' }, {});

    expect(await report()).toMatchObject({
      batch: { state: 'starting' },
      hasWorker: false,
      reading: { by: 'listing', read: 0, about: 45 },
    });
    expect((await freshnessOf(db, accountId)).syncing).toMatchObject({ hasWorker: false });
    await beat(db, randomUUID());
    expect(await report()).toMatchObject({ hasWorker: true });
    expect((await freshnessOf(db, accountId)).syncing).toMatchObject({ hasWorker: true });
  }));
