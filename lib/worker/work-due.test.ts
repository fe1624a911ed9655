import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { withBatches } from '../../testing/batches.ts';
import { anaTo, until, withDesk } from '../../testing/desk.ts';
import { startWorker } from '../../testing/worker.ts';
import { markRestored } from '../restores/store.ts';
import { isWorkDue } from './work-due-store.ts';

test('a quiet installation has nothing to do', () =>
  withDesk(async ({ deps, change, db }) => {
    await change([anaTo('Pro')]);
    await sql`update changes set confirmed_at = clock_timestamp()`.execute(db);
    expect(await isWorkDue(deps)).toBe(false);
  }));

test('while a restore waits to be accepted there is nothing to do', () =>
  withDesk(async ({ deps, db }) => {
    await sql`update accounts set sync_wanted = true`.execute(db);
    expect(await isWorkDue(deps)).toBe(true);
    await markRestored(db, 'checkpoints');
    expect(await isWorkDue(deps)).toBe(false);
  }));

test.each([
  ['an account that somebody wants listed', sql`update accounts set sync_wanted = true`],
  [
    'an account that was not listed for three minutes',
    sql`update accounts set sync_touched_at = clock_timestamp() - interval '181 s'`,
  ],
  [
    'a listing that its worker left',
    sql`
    update accounts set sync_started_at = now(), sync_wanted = true, sync_touched_at = clock_timestamp() - interval '31 s'`,
  ],
  [
    'a change that nobody carries any more',
    sql`
    update changes set state = 'pending', lease_until = clock_timestamp() - interval '1 s'`,
  ],
  [
    'a change that Chime has not shown yet',
    sql`
    update changes set confirmed_at = null, lease_until = clock_timestamp() - interval '1 s'`,
  ],
])('%s is work, also where nobody calls for it', (_, plant) =>
  withDesk(async ({ deps, change, db }) => {
    await change([anaTo('Pro')]);
    await sql`update changes set confirmed_at = clock_timestamp()`.execute(db);
    await plant.execute(db);
    expect(await isWorkDue(deps)).toBe(true);
  }),
);

test.each([
  ['a batch that begins', sql`update batches set state = 'starting'`],
  ['a batch that runs', sql`update batches set state = 'running'`],
  [
    'a batch whose time has come',
    sql`update batches set state = 'scheduled', start_at = clock_timestamp() - interval '1 s'`,
  ],
  [
    'a call that a killed worker left',
    sql`
    insert into batch_chunks (id, batch_id, lease_until)
    select gen_random_uuid(), id, clock_timestamp() - interval '1 s' from batches`,
  ],
])('%s is work', (_, plant) =>
  withBatches(async ({ deps, db, prepare }) => {
    await prepare();
    expect(await isWorkDue(deps)).toBe(false);
    await plant.execute(db);
    expect(await isWorkDue(deps)).toBe(true);
  }),
);

test('a batch that is held up, or planned for later, is none until its time comes', () =>
  withBatches(async ({ deps, db, prepare }) => {
    await prepare();
    await sql`update batches set state = 'scheduled', start_at = clock_timestamp() + interval '1 hour'`.execute(db);
    expect(await isWorkDue(deps)).toBe(false);
    await sql`update batches set state = 'running', held_until = clock_timestamp() + interval '1 hour'`.execute(db);
    expect(await isWorkDue(deps)).toBe(false);
  }));

test('a worker finds what is due although every call for it was lost', () =>
  withBatches(async (desk) => {
    const { db } = desk;
    const worker = await startWorker(desk);
    try {
      const { rows } = await sql<{ now: Date }>`select clock_timestamp() as now`.execute(db);
      await sql`update accounts set sync_wanted = true`.execute(db);
      await until(async () => {
        const accounts = await db
          .selectFrom('accounts')
          .select('complete_as_of')
          .where('id', '=', desk.accountId)
          .execute();
        return accounts.every(({ complete_as_of: asOf }) => asOf && rows[0] && asOf > rows[0].now);
      });
      const id = await desk.prepare();
      await desk.submit(id);
      await until(async () => (await desk.show(id)).state === 'done');
      await desk.expectBooksToAgree(id);
    } finally {
      await worker.kill();
    }
  }));
