import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { type BatchDesk, crowd, everyEntry, withBatches } from '../../../testing/batches.ts';
import { until } from '../../../testing/desk.ts';
import { recordLateCalls } from '../../changes/late/store.ts';
import { watchLateCalls } from '../../changes/late/watch-late-calls.ts';
import { firstPage } from '../../search/filter.ts';
import { showUsers } from '../../search/show-users.ts';
import { findBatch } from '../store.ts';
import { releaseChunk, takeChunk } from './chunks-store.ts';

const rows = async ({ deps, accountId }: BatchDesk) => (await showUsers(deps, accountId, firstPage)).users;

const watched = async ({ db }: BatchDesk) =>
  (await db.selectFrom('late_calls').select('user_id').orderBy('user_id').execute()).map(({ user_id }) => user_id);

/** As if the time had passed in which a change may not show yet, and the seconds between two looks. */
const letTimePass = async ({ db }: BatchDesk) => {
  await sql`update changes set settled_at = settled_at - interval '20 seconds'`.execute(db);
  await sql`update late_calls set next_look_at = next_look_at - interval '3 seconds'`.execute(db);
};

/** A batch that gives everybody Pro, and the people on it that a worker has in hand. */
async function takenChunk(desk: BatchDesk) {
  const id = await desk.prepare();
  await desk.submit(id);
  await desk.begin();
  const batch = await findBatch(desk.db, desk.accountId, id);
  const chunk = batch && (await takeChunk(desk.db, batch));
  if (!chunk) throw new Error('Nobody was taken.');
  return { id, chunk };
}

describe.concurrent('a call of a batch that nobody waited for any more', () => {
  test('is looked for, and named as ours when it arrives after an undo', { timeout: 150_000 }, () =>
    withBatches(async (desk) => {
      const id = await desk.prepare();
      await desk.submit(id);
      await desk.begin();
      await desk.control.delay('BatchUpdateUser', 40_000); // longer than Carillon waits for it, and than the undo takes
      await desk.workUntil(id, 'done');
      const undo = await desk.prepare({ kind: 'undo', batchId: id }, null);
      await desk.submit(undo);
      expect(await desk.workUntil(undo, 'done')).toMatchObject({ changed: 3, failed: 0 });
      expect(desk.licenses()).toEqual(['Basic', 'Basic', 'Basic']);
      expect(await watched(desk)).toEqual(['p0000', 'p0001', 'p0002']);

      await until(async () => desk.licenses().every((license) => license === 'Pro'));
      await letTimePass(desk);
      await watchLateCalls(desk.deps);

      const late = { by: 'Mona Brandt', from: 'Basic', to: 'Pro' };
      expect((await rows(desk)).map((row) => [row.license, row.late])).toEqual(Array(3).fill(['Pro', late]));
      const arrivals = (await everyEntry(desk)).filter(({ action }) => action === 'late');
      const said = arrivals.map(({ user, operator, from, to, batch }) => [
        user?.id,
        operator?.name,
        from,
        to,
        batch?.id,
      ]);
      // They are read side by side, so that their order is not fixed.
      expect(said.sort()).toEqual(
        ['p0000', 'p0001', 'p0002'].map((userId) => [userId, 'Mona Brandt', 'Basic', 'Pro', id]),
      );
      await desk.expectAuditToMatchJournal();
    }, crowd(3)),
  );

  test('is looked for too where its worker went silent and another one sent it again', () =>
    withBatches(async (desk) => {
      const { id } = await takenChunk(desk);
      await sql`update batch_chunks set lease_until = to_timestamp(0)`.execute(desk.db);

      expect(await desk.workUntil(id, 'done')).toMatchObject({ changed: 3 });

      expect(await watched(desk)).toEqual(['p0000', 'p0001', 'p0002']);
    }, crowd(3)));

  test('is named as ours also where its people were taken back to be sent again', () =>
    withBatches(async (desk) => {
      const { id, chunk } = await takenChunk(desk);
      const changeIds = chunk.people.map(({ changeId }) => changeId);
      await recordLateCalls(desk.db, changeIds);
      await releaseChunk(desk.db, chunk, changeIds, 3_600_000);
      await desk.chime.updateLicense(desk.accountId, 'p0001', 'Pro');

      await watchLateCalls(desk.deps);

      const person = (await rows(desk)).find((row) => row.id === 'p0001');
      expect(person).toMatchObject({ license: 'Pro', late: { by: 'Mona Brandt', from: 'Basic', to: 'Pro' } });
      const arrivals = (await everyEntry(desk)).filter(({ action }) => action === 'late');
      expect(arrivals).toMatchObject([{ user: { id: 'p0001' }, operator: { name: 'Mona Brandt' }, batch: { id } }]);
    }, crowd(3)));

  test('costs no call for people who are being changed just now', () =>
    withBatches(async (desk) => {
      const { chunk } = await takenChunk(desk);
      await recordLateCalls(
        desk.db,
        chunk.people.map(({ changeId }) => changeId),
      );

      expect(await watchLateCalls(desk.deps)).toBe(0);
    }, crowd(3)));
});
