import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { crowd, withBatches } from '../../../testing/batches.ts';
import { anaTo, type Desk, dana, mona, syncEverything, until, withDesk } from '../../../testing/desk.ts';
import { wantSync } from '../../accounts/store.ts';
import { everything } from '../../audit/filter.ts';
import { auditKeys } from '../../audit/keys.ts';
import { verifyExport } from '../../audit/verify-export.ts';
import { endingsOf } from '../../endings/store.ts';
import { exportEntries } from '../../exports/export-entries.ts';
import { auditSentence } from '../../texts/history.ts';
import { wallOf } from '../../wall-clock.ts';
import type { Outcome } from '../change.ts';
import { resolveChanges } from '../resolve-changes.ts';
import { runEndings } from './run-endings.ts';
import { setEnding } from './set-ending.ts';

const zone = 'UTC';
const never = new AbortController().signal;
const wall = wallOf(Date.now() + 86_400_000, zone);
const at = `${wall}:00.000Z`;

/** Ana has Pro until tomorrow, then Basic. */
async function makeAnaTemporary(desk: Desk): Promise<void> {
  await desk.change([anaTo('Pro')]);
  const wish = { license: 'Pro', to: 'Basic', until: { wall, zone } } as const;
  await setEnding(desk.deps, { accountId: desk.accountId, userId: 'ana' }, wish, { ...dana, requestId: randomUUID() });
}

const endingOf = async (desk: Desk, userId = 'ana') => (await endingsOf(desk.db, desk.accountId, [userId])).get(userId);
const last = async (desk: Desk) => (await desk.audit()).at(-1);
const lastSentence = async (desk: Desk) => {
  const entry = await last(desk);
  return entry && auditSentence(entry, { zone, isAmongMany: false }).replaceAll('*', '');
};

/** The change, applied. */
function applied(outcome: Outcome | undefined) {
  if (outcome?.state !== 'applied') throw new Error(`The change is not applied: ${outcome?.state}`);
  return outcome;
}

const toBasic = async (desk: Desk) => applied((await desk.change([anaTo('Basic', 'Pro')]))[0]);
const undoOf = ({ changeId }: { changeId: string }) => ({ ...anaTo('Pro'), undoes: changeId });

async function expectSoundAudit(desk: Desk): Promise<void> {
  const { current } = auditKeys();
  const lines = async function* () {
    for await (const part of exportEntries(desk.db, everything, 'jsonl')) yield Buffer.from(part);
  };
  expect((await verifyExport(lines(), new Map([[current.id, current.key]]))).broken).toBeNull();
}

describe.concurrent('an end date that a change removes', () => {
  test('is named by the outcome, the history and the audit, which stays sound', () =>
    withDesk(async (desk) => {
      await makeAnaTemporary(desk);

      expect(await toBasic(desk)).toMatchObject({ removedEnd: at });

      expect(await endingOf(desk)).toBeUndefined();
      expect(await last(desk)).toMatchObject({ action: 'change', removedEnd: at, earlierEnd: null });
      expect(await lastSentence(desk)).toMatch(
        /^Dana Reyes changed Ana Silva from Pro to Basic\. The end date of the Pro plan \(.+ UTC\) was removed\.$/,
      );
      await expectSoundAudit(desk);
    }));

  test('is set again by the undo of that change, with what comes after it and for the operator who planned it', () =>
    withDesk(async (desk) => {
      await makeAnaTemporary(desk);
      const change = await toBasic(desk);

      const undo = applied((await desk.change([undoOf(change)], mona))[0]);

      expect(undo).toMatchObject({ earlierEnd: { at, is: 'restored' } });
      expect(await endingOf(desk)).toEqual({ at, zone, to: 'Basic', failure: null });
      expect(await last(desk)).toMatchObject({ action: 'undo', removedEnd: null, earlierEnd: { at, is: 'restored' } });
      expect(await lastSentence(desk)).toMatch(/The end date of the Pro plan \(.+\) was set again\.$/);
      await expectSoundAudit(desk);
      await desk.db.updateTable('endings').set({ ends_at: new Date(), next_try_at: new Date() }).execute();
      await runEndings(desk.deps, never);
      expect(await desk.licenseOf('ana')).toBe('Basic');
      expect(await last(desk)).toMatchObject({ action: 'ending', operator: { name: 'Dana Reyes' } });
    }));

  test('is removed and set again however often the change is made and undone', () =>
    withDesk(async (desk) => {
      await makeAnaTemporary(desk);
      for (const _ of [1, 2]) {
        const change = await toBasic(desk);
        expect(change.removedEnd).toBe(at);
        await desk.change([undoOf(change)]);
        expect(await endingOf(desk)).toMatchObject({ at });
      }
    }));

  test('stays removed where the plan is chosen again by hand', () =>
    withDesk(async (desk) => {
      await makeAnaTemporary(desk);
      await toBasic(desk);
      await desk.change([anaTo('Pro')]);
      expect(await endingOf(desk)).toBeUndefined();
      expect(await last(desk)).toMatchObject({ removedEnd: null, earlierEnd: null });
    }));

  test('is not set again once it has passed, which is said', () =>
    withDesk(async (desk) => {
      await makeAnaTemporary(desk);
      const change = await toBasic(desk);
      await desk.db.updateTable('endings').set({ ends_at: new Date() }).execute();

      expect(applied((await desk.change([undoOf(change)]))[0]).earlierEnd?.is).toBe('passed');

      expect(await endingOf(desk)).toBeUndefined();
      expect(await lastSentence(desk)).toMatch(/was not set again: it has passed\.$/);
    }));

  test('is not set again where the account no longer offers the plan after it, which is said', () =>
    withDesk(async (desk) => {
      await makeAnaTemporary(desk);
      const change = await toBasic(desk);
      await desk.db.updateTable('endings').set({ back_to: 'Plus' }).execute();

      expect(applied((await desk.change([undoOf(change)]))[0]).earlierEnd?.is).toBe('not-offered');

      expect(await endingOf(desk)).toBeUndefined();
      expect(await lastSentence(desk)).toMatch(/not set again: the plan after it is not available in this account\.$/);
    }));

  test('stays removed where Chime refuses the undo, and is set again by the next one', () =>
    withDesk(async (desk) => {
      await makeAnaTemporary(desk);
      const change = await toBasic(desk);
      await desk.control.failNext('UpdateUser', 'ForbiddenException');

      expect((await desk.change([undoOf(change)]))[0]?.state).toBe('failed');
      expect(await endingOf(desk)).toBeUndefined();
      expect(await last(desk)).toMatchObject({ outcome: 'failed', earlierEnd: null });

      await desk.change([undoOf(change)]);
      expect(await endingOf(desk)).toMatchObject({ at });
    }));

  test('is set again when an undo without an answer turns out to have worked', () =>
    withDesk(async (desk) => {
      await makeAnaTemporary(desk);
      const change = await toBasic(desk);
      await desk.control.delay('UpdateUser', 2_000);
      const [undo] = await desk.choose([undoOf(change)]);
      expect(undo?.state).toBe('pending');
      expect(await endingOf(desk)).toBeUndefined();

      const settled = await until(async () => {
        await resolveChanges(desk.deps);
        const now = await desk.settled(undo);
        return now.state === 'applied' ? now : undefined;
      });

      expect(settled.earlierEnd).toEqual({ at, is: 'restored' });
      expect(await endingOf(desk)).toMatchObject({ at });
    }));

  test('is set again once where two operators undo the change at once', () =>
    withDesk(async (desk) => {
      await makeAnaTemporary(desk);
      const change = await toBasic(desk);

      const both = await Promise.all([desk.change([undoOf(change)]), desk.change([undoOf(change)], mona)]);

      expect(
        both
          .flat()
          .map(({ state }) => state)
          .sort(),
      ).toEqual(['applied', 'failed']);
      const endings = await desk.db.selectFrom('endings').select('state').execute();
      expect(endings).toEqual([{ state: 'planned' }]);
      expect((await desk.audit()).filter(({ earlierEnd }) => earlierEnd)).toHaveLength(1);
    }));

  test('gives way to the one before it when the plan in between had one as well', () =>
    withDesk(async (desk) => {
      await makeAnaTemporary(desk);
      const change = await toBasic(desk);
      const between = wallOf(Date.now() + 2 * 86_400_000, zone);
      const wish = { license: 'Basic', to: 'Pro', until: { wall: between, zone } } as const;
      const by = { ...dana, requestId: randomUUID() };
      await setEnding(desk.deps, { accountId: desk.accountId, userId: 'ana' }, wish, by);

      expect(applied((await desk.change([undoOf(change)]))[0])).toMatchObject({
        removedEnd: `${between}:00.000Z`,
        earlierEnd: { at, is: 'restored' },
      });
      expect(await endingOf(desk)).toMatchObject({ at, to: 'Basic' });
    }));

  test('that had already failed stands open again after an undo', () =>
    withDesk(async (desk) => {
      await makeAnaTemporary(desk);
      await desk.db.updateTable('endings').set({ ends_at: new Date(), next_try_at: new Date() }).execute();
      await desk.control.failNext('UpdateUser', 'ForbiddenException');
      await runEndings(desk.deps, never);
      expect(await endingOf(desk)).toMatchObject({ failure: 'forbidden' });

      const change = await toBasic(desk);
      expect(change.removedEnd).toBeUndefined();
      await desk.change([undoOf(change)]);

      expect(await endingOf(desk)).toMatchObject({ failure: 'forbidden' });
    }));

  test('is named where a sync finds that it was changed outside Carillon', () =>
    withDesk(async (desk) => {
      await makeAnaTemporary(desk);
      await desk.db.updateTable('changes').set({ confirmed_at: new Date() }).execute();
      await desk.control.changeOutside(desk.accountId, 'ana', { LicenseType: 'Plus', DisplayName: 'Ana da Silva' });
      await wantSync(desk.db, desk.accountId);
      await syncEverything(desk.deps);

      const outside = (await desk.audit()).filter(({ action }) => action === 'outside');
      expect(outside.map((entry) => [entry.outside?.fact, entry.removedEnd])).toEqual([
        ['license', at],
        ['name', null],
      ]);
      await expectSoundAudit(desk);
    }));

  test('by a batch is named for each person, and set again by the undo of the batch', () =>
    withBatches(async (desk) => {
      const first = await desk.prepare(undefined, 'Pro', undefined, { wall, zone });
      await desk.submit(first);
      await desk.workUntil(first, 'done');
      const second = await desk.run(undefined, 'Basic');
      const changes = async () => (await desk.audit()).filter(({ batch, user }) => batch && user).slice(-3);
      expect((await changes()).map(({ removedEnd }) => removedEnd)).toEqual([at, at, at]);

      await desk.run({ kind: 'undo', batchId: second.id }, null);

      expect((await changes()).map(({ action, earlierEnd }) => [action, earlierEnd])).toEqual(
        Array.from({ length: 3 }, () => ['undo', { at, is: 'restored' }]),
      );
      expect(await endingOf(desk, 'p0001')).toMatchObject({ at, to: 'Basic' });
      await expectSoundAudit(desk);
    }, crowd(3)));
});
