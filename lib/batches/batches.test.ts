import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Entrance } from '../auth/entrance.ts';
import type { Person } from '../testing/chime.ts';
import { type Desk, expectAuditToMatchJournal, syncEverything, until, withDesk } from '../testing/desk.ts';
import type { BatchView, Submitter } from './batch.ts';
import { type People, prepareBatch } from './prepare-batch.ts';
import { runBatches, startBatches, takeOverShares } from './run-batches.ts';
import { groupFailures, pageOfItems, showBatch } from './show-batch.ts';
import { approveBatch, type Steer, steerBatch, submitBatch } from './steer-batch.ts';

const entrance: Entrance = { secrets: ['a-secret-that-seals-nothing-in-these-tests'], provider: undefined };
const limits = { admin: { people: 1_000, perDay: 5_000 } };

const mona: Submitter & { operatorRole: 'admin' } = {
  operatorId: 'mona',
  operatorName: 'Mona Brandt',
  operatorRole: 'admin',
  groups: null,
  requestId: randomUUID(),
};
const otto = { ...mona, operatorId: 'otto', operatorName: 'Otto Lind' };

const crowd = (count: number, license = 'Basic'): Person[] =>
  Array.from({ length: count }, (_, index) => ({
    UserId: `p${String(index).padStart(4, '0')}`,
    DisplayName: `Person ${index}`,
    PrimaryEmail: `p${index}@nordwind.example`,
    LicenseType: license,
  }));

/** A desk with two admins, and what they do with batches there. */
async function withBatches(run: (desk: Desk & ReturnType<typeof batchesAt>) => Promise<void>, people = crowd(45)) {
  await withDesk(async (desk) => {
    for (const { operatorId: id, operatorName: name } of [mona, otto]) {
      await desk.db
        .insertInto('operators')
        .values({ id, username: id, name, role: 'admin', password_hash: 'x' })
        .execute();
    }
    await run({ ...desk, ...batchesAt(desk) });
  }, people);
}

function batchesAt({ db, deps, accountId }: Desk) {
  const everybody: People = { kind: 'filter', params: '' };
  const show = async (id: string): Promise<BatchView> => {
    const batch = await showBatch(db, accountId, id, { id: 'mona', role: 'admin' }, limits);
    if (!batch) throw new Error('There is no such batch.');
    expect(batch.changed + batch.failed + batch.left).toBe(batch.total);
    return batch;
  };
  const prepare = (people: People = everybody, to: 'Pro' | 'Basic' | null = 'Pro', reason = 'Ticket 4711') =>
    prepareBatch(deps, { accountId, people, to, reason }, mona);
  const submit = async (id: string, startAt: Date | null = null) =>
    submitBatch(deps, { accountId, batchId: id, fingerprint: (await show(id)).fingerprint, startAt }, mona, limits);
  /** Lets one worker with two lanes work until nothing is left to do just now. */
  const work = async (lanes = 2) => {
    await startBatches(deps);
    await syncEverything(deps);
    await startBatches(deps);
    const never = new AbortController().signal;
    await Promise.all(Array.from({ length: lanes }, () => runBatches(deps, entrance, never)));
  };
  return {
    show,
    prepare,
    submit,
    work,
    items: async (id: string, filter = {}) => (await pageOfItems(db, id, filter)).items,
    steer: (id: string, steer: Steer, by = mona) => steerBatch(deps, { accountId, batchId: id, steer }, by),
    /** Prepares, submits and runs it until it is over. */
    run: async (people?: People, to?: 'Pro' | 'Basic' | null) => {
      const id = await prepare(people, to);
      await submit(id);
      await until(async () => {
        await work();
        const { state } = await show(id);
        return state === 'done' || state === 'paused' || state === 'stopped';
      });
      return show(id);
    },
  };
}

describe.concurrent('a preview', () => {
  test('puts everybody who is asked for into one of five groups, and adds up', () =>
    withBatches(
      async (desk) => {
        const text =
          'p1@nordwind.example, P0002, p0003, nobody@nordwind.example, ben@nordwind.example, p3@nordwind.example';
        const id = await desk.prepare({ kind: 'list', text });

        const batch = await desk.show(id);
        expect(batch.parts).toEqual({ change: 3, same: 1, missing: 1, forbidden: 0, directory: 0, twice: 1 });
        expect(batch.steps).toEqual([{ from: 'Basic', to: 'Pro', people: 3 }]);
        expect((await desk.items(id, { part: 'missing' })).map(({ asked }) => asked)).toEqual([
          'nobody@nordwind.example',
        ]);
        expect((await desk.items(id, { part: 'same' })).map(({ user }) => user?.name)).toEqual(['Ben Okafor']);
      },
      [
        ...crowd(5),
        { UserId: 'ben', DisplayName: 'Ben Okafor', PrimaryEmail: 'ben@nordwind.example', LicenseType: 'Pro' },
      ],
    ));
});

describe.concurrent('somebody else’s preview', () => {
  test('is not there, and cannot be discarded', () =>
    withBatches(async (desk) => {
      const id = await desk.prepare();

      const seen = await showBatch(desk.db, desk.accountId, id, { id: otto.operatorId, role: 'admin' }, limits);
      const discarding = desk.steer(id, 'discard', otto);

      expect(seen).toBeUndefined();
      await expect(discarding).rejects.toMatchObject({ code: 'invalid' });
      expect((await desk.show(id)).state).toBe('draft');
    }));
});

describe.concurrent('a batch', () => {
  test('changes everybody it lists, 20 a call, and audits each of them under its ID', () =>
    withBatches(async (desk) => {
      const batch = await desk.run();

      expect(batch).toMatchObject({ state: 'done', total: 45, changed: 45, failed: 0, left: 0 });
      const calls = (await desk.control.calls()).filter(({ operation }) => operation === 'BatchUpdateUser');
      expect(calls).toHaveLength(3);
      const entries = await desk.audit();
      await expectAuditToMatchJournal(desk);
      expect(entries.filter(({ batch: of }) => of?.id === batch.id)).toHaveLength(47);
      expect(entries.at(-1)).toMatchObject({ action: 'batch-end', batch: { people: 45, changed: 45, failed: 0 } });
      expect(entries.find(({ action }) => action === 'change')).toMatchObject({ why: 'Ticket 4711' });
    }));
});
