import { describe, expect, test } from 'vitest';
import { type BatchDesk, crowd, everybody, mona, otto, withBatches } from '../../../testing/batches.ts';
import type { Person } from '../../../testing/chime.ts';
import { runEndings } from '../../changes/endings/run-endings.ts';
import { listNotEnded } from '../../endings/not-ended-store.ts';
import { planEndings } from '../../endings/store.ts';
import { wallOf } from '../../wall-clock.ts';
import { leftPermanently } from '../batch.ts';
import { showAttention } from '../show-attention.ts';
import { reportOnBatch } from '../show-batch.ts';
import { showBatches } from '../show-batches.ts';

const zone = 'Europe/Berlin';
const inAnHour = () => ({ wall: wallOf(Date.now() + 3_600_000, zone), zone });
const never = new AbortController().signal;
const toMona = { id: mona.operatorId, mayApprove: true };

const person = (UserId: string, LicenseType: string): Person => ({
  UserId,
  DisplayName: UserId,
  PrimaryEmail: `${UserId}@nordwind.example`,
  LicenseType,
});
const mixed = [person('p1', 'Basic'), person('p2', 'Plus'), person('p3', 'ProTrial'), person('p4', 'Plus')];

const report = (desk: BatchDesk, id: string) =>
  reportOnBatch(desk.deps, desk.accountId, id, { id: 'mona', role: 'admin' }, {});

/** As if the plan before were not offered any more, and the time had come. */
async function letEndsFail({ db, deps, accountId }: BatchDesk) {
  await db
    .updateTable('accounts')
    .set({ supported_licenses: ['Pro'] })
    .where('id', '=', accountId)
    .execute();
  await db.updateTable('endings').set({ ends_at: new Date(), next_try_at: new Date() }).execute();
  await runEndings(deps, never);
}

describe.concurrent('people on a plan that cannot be given back', () => {
  test('are told apart before a batch changes them permanently, and are not counted by its undo', () =>
    withBatches(async (desk) => {
      const id = await desk.prepare(everybody, 'Pro');
      expect(leftPermanently(await desk.show(id)).sort((one, other) => one.people - other.people)).toEqual([
        { license: 'ProTrial', people: 1 },
        { license: 'Plus', people: 2 },
      ]);
      await desk.submit(id);
      const done = await desk.workUntil(id, 'done');
      expect(done).toMatchObject({ changed: 4, undoable: 1 });

      const undo = await desk.prepare({ kind: 'undo', batchId: id }, null);
      expect((await desk.show(undo)).parts).toMatchObject({ change: 1, forbidden: 3 });
    }, mixed));

  test('are counted before a batch where it removes an end date they have', () =>
    withBatches(
      async (desk) => {
        await planEndings(desk.db, [
          {
            accountId: desk.accountId,
            userId: 'p1',
            license: 'Basic',
            backTo: 'Pro',
            at: new Date(Date.now() + 3_600_000),
            zone,
            operatorId: mona.operatorId,
            operatorName: mona.operatorName,
            operatorRole: mona.operatorRole,
          },
        ]);
        expect(await desk.show(await desk.prepare(everybody, 'Pro'))).toMatchObject({ total: 2, endDates: 1 });
        expect(await desk.show(await desk.prepare(everybody, 'Basic'))).toMatchObject({ total: 0, endDates: 0 });
      },
      [person('p1', 'Basic'), person('p2', 'Basic')],
    ));

  test('leave nothing permanently where the batch leaves them out', () =>
    withBatches(async (desk) => {
      const batch = await desk.show(await desk.prepare(everybody, 'Pro', mona, inAnHour()));
      expect(batch.parts).toMatchObject({ change: 1, 'no-return': 3 });
      expect(leftPermanently(batch)).toEqual([]);
    }, mixed));

  test('can be changed permanently by a batch of their own, and by nobody who does not see the first', () =>
    withBatches(async (desk) => {
      const first = await desk.prepare(everybody, 'Pro', mona, inAnHour());
      const second = await desk.prepare({ kind: 'no-return', batchId: first }, 'Pro');
      expect(await desk.show(second)).toMatchObject({ total: 3, end: null, parts: { change: 3 } });
      expect((await desk.items(second)).map(({ user, to }) => `${user?.id} ${to}`)).toEqual([
        'p2 Pro',
        'p3 Pro',
        'p4 Pro',
      ]);

      await expect(desk.prepare({ kind: 'no-return', batchId: first }, 'Pro', otto)).rejects.toMatchObject({
        code: 'invalid',
      });
    }, mixed));
});

describe.concurrent('a plan of a batch that does not end', () => {
  test('is told with its reason on the page of the batch, in the list and in the count for the header', () =>
    withBatches(async (desk) => {
      const id = await desk.prepare(everybody, 'Pro', mona, inAnHour());
      await desk.submit(id);
      await desk.workUntil(id, 'done');
      expect(await report(desk, id)).toMatchObject({ batch: { notEnded: 0 }, endFailures: [] });
      await letEndsFail(desk);

      expect(await report(desk, id)).toMatchObject({
        batch: { notEnded: 3 },
        endFailures: [{ code: 'unsupported-license', people: 3 }],
      });
      const page = await showBatches(desk.db, desk.accountId, toMona);
      expect(page.batches).toMatchObject([{ id, notEnded: 3 }]);
      expect(page.plansNotEnded).toHaveLength(3);
      expect(page.plansNotEnded[0]).toMatchObject({ license: 'Pro', backTo: 'Basic', batchId: id });
      expect(await showAttention(desk.db, desk.accountId, toMona)).toEqual({ approvals: 0, notEnded: 3 });
    }, crowd(3)));

  test('is not told of any more once the person was given another plan', () =>
    withBatches(async (desk) => {
      const id = await desk.prepare(everybody, 'Pro', mona, inAnHour());
      await desk.submit(id);
      await desk.workUntil(id, 'done');
      await letEndsFail(desk);
      await desk.db
        .updateTable('accounts')
        .set({ supported_licenses: ['Basic', 'Pro'] })
        .execute();

      await desk.change([{ userId: 'p0001', from: 'Pro', to: 'Basic' }]);

      const left = await listNotEnded(desk.db, desk.accountId, 10);
      expect(left.map(({ user }) => user.id)).toEqual(['p0000', 'p0002']);
      expect(await desk.show(id)).toMatchObject({ notEnded: 2 });
    }, crowd(3)));
});
