import fc from 'fast-check';
import { sql } from 'kysely';
import { describe, expect, test, vi } from 'vitest';
import { type BatchDesk, crowd, everybody, mona, otto, withBatches } from '../../testing/batches.ts';
import { syncEverything, until } from '../../testing/desk.ts';
import { wantSync } from '../accounts/store.ts';
import { peopleInDay } from '../operators/batch-limits.ts';
import { showBatches } from './show-batches.ts';

// Dozens of batches run side by side, which takes a busy machine long.
vi.setConfig({ testTimeout: 180_000 });

const byId = (userId: string) => ({ userId, email: null, upn: null });

const ben = {
  UserId: 'ben',
  DisplayName: 'Ben Okafor',
  PrimaryEmail: 'ben@nordwind.example',
  LicenseType: 'Pro',
};

describe.concurrent('a preview', () => {
  test('puts everyone who is asked for into one group, and adds up', () =>
    withBatches(
      async (desk) => {
        const text =
          'p1@nordwind.example, P0002, p0003, nobody@nordwind.example, ben@nordwind.example, p3@nordwind.example';
        const id = await desk.prepare({ kind: 'list', text });

        const batch = await desk.show(id);
        expect(batch.parts).toMatchObject({ change: 3, same: 1, missing: 1, forbidden: 0, directory: 0, twice: 1 });
        expect(batch.steps).toEqual([{ from: 'Basic', to: 'Pro', people: 3, canReturn: true }]);
        expect((await desk.items(id, { part: 'missing' })).map(({ asked }) => asked)).toEqual([
          'nobody@nordwind.example',
        ]);
        expect((await desk.items(id, { part: 'same' })).map(({ user }) => user?.name)).toEqual(['Ben Okafor']);
      },
      [...crowd(5), ben],
    ));

  test('of a file keeps lines, reasons and plans of their own, and says whose plan the account lacks', () =>
    withBatches(async (desk) => {
      const rows = [
        { line: 2, ref: byId('p0001'), license: 'Pro' as const, reason: 'hosts the fair' },
        { line: 3, ref: { userId: null, email: 'p2@nordwind.example', upn: null }, license: 'Plus' as const },
        { line: 5, ref: byId('p0003') },
      ];
      const id = await desk.prepare({ kind: 'file', name: 'people.csv', rows }, null);

      const items = await desk.items(id);
      expect(items.map(({ line, part, to, reason }) => [line, part, to, reason])).toEqual([
        [2, 'change', 'Pro', 'hosts the fair'],
        [3, 'forbidden', 'Plus', null],
        [5, 'forbidden', null, null],
      ]);
      expect(items[1]?.failure?.code).toBe('unsupported-license');
    }));

  test('of people of another account finds nobody', () =>
    withBatches(async (desk) => {
      const stranger = desk.chimeService.everyone(desk.chimeService.accounts.team)[0]?.UserId ?? '';
      const id = await desk.prepare({ kind: 'people', userIds: [stranger] });
      expect((await desk.show(id)).parts).toMatchObject({ change: 0, missing: 1 });
    }));

  test('of nobody is refused, and leaves nothing behind', () =>
    withBatches(async (desk) => {
      await expect(desk.prepare({ kind: 'list', text: 'Ana Silva' })).rejects.toMatchObject({ code: 'invalid' });
      await expect(desk.prepare({ kind: 'filter', params: 'q=nobody+at+all' })).rejects.toMatchObject({
        code: 'invalid',
      });
      expect(await desk.db.selectFrom('batches').selectAll().execute()).toEqual([]);
    }));

  test('has another fingerprint when anything of it is different', () =>
    withBatches(async (desk) => {
      const people = (...userIds: string[]) => ({ kind: 'people' as const, userIds });
      const ids = [
        await desk.prepare(people('p0001', 'p0002')),
        await desk.prepare(people('p0001', 'p0003')),
        await desk.prepare(people('p0001', 'p0002'), 'ProTrial'),
        await desk.prepare(people('p0001', 'p0002')),
      ];
      const [one, other, plan, again] = await Promise.all(ids.map(async (id) => (await desk.show(id)).fingerprint));
      expect(one).toMatch(/^[0-9a-f]{64}$/);
      expect(again).toBe(one);
      expect(new Set([one, other, plan]).size).toBe(3);
    }));

  test('is shown to nobody else before it is submitted', () =>
    withBatches(async (desk) => {
      const id = await desk.prepare(undefined, undefined, otto);
      await expect(desk.show(id)).rejects.toThrow('no such batch');
      await expect(desk.steer(id, 'discard')).rejects.toMatchObject({ code: 'invalid' });
      expect((await desk.show(id, otto)).state).toBe('draft');
    }));
});

describe.concurrent('a batch', () => {
  test('changes everyone it lists, 20 a call, and audits each of them under its ID', () =>
    withBatches(async (desk) => {
      const batch = await desk.run();

      expect(batch).toMatchObject({ state: 'done', total: 45, changed: 45, failed: 0, left: 0 });
      expect(await desk.updates()).toHaveLength(3);
      await desk.expectBooksToAgree(batch.id);
      const [end, ...others] = (await desk.audit()).reverse();
      expect(end).toMatchObject({ action: 'batch-end', batch: { people: 45, changed: 45, failed: 0 } });
      expect(others.find(({ action }) => action === 'change')).toMatchObject({ why: 'Ticket 4711' });
    }));

  test('changes who is on the list it was previewed with, and nobody who came to match since', () =>
    withBatches(async (desk) => {
      const id = await desk.prepare({ kind: 'filter', params: 'plan=Basic' });
      await desk.control.addUser(desk.accountId, { UserId: 'late', DisplayName: 'Late Comer', LicenseType: 'Basic' });
      await desk.submit(id);

      expect(await desk.workUntil(id, 'done')).toMatchObject({ changed: 45 });
      expect(await desk.licenseOf('late')).toBe('Basic');
      await desk.expectBooksToAgree(id);
    }));

  test('overwrites nobody who was changed since the preview, here or outside, and says who did it', () =>
    withBatches(async (desk) => {
      const id = await desk.prepare();
      await desk.change([{ userId: 'p0001', from: 'Basic', to: 'Pro' }]);
      await desk.control.changeOutside(desk.accountId, 'p0002', { LicenseType: 'Plus' });
      await desk.control.removeUser(desk.accountId, 'p0003');
      await desk.submit(id);

      const batch = await desk.workUntil(id, 'done', 'paused');
      expect(batch).toMatchObject({ changed: 42, failed: 3 });
      const failed = await desk.items(id, { state: 'failed' });
      expect(failed.map(({ user, failure }) => [user?.id, failure?.code, failure?.other?.name])).toEqual([
        ['p0001', 'conflict', 'Dana Reyes'],
        ['p0002', 'conflict', undefined],
        ['p0003', 'unknown-user', undefined],
      ]);
      expect(await desk.licenseOf('p0002')).toBe('Plus');
      await desk.expectBooksToAgree(id);
    }));

  test('is one batch, however often it is submitted', () =>
    withBatches(async (desk) => {
      const id = await desk.prepare();
      expect(await Promise.all([desk.submit(id), desk.submit(id), desk.submit(id)])).toEqual([
        'starting',
        'starting',
        'starting',
      ]);
      await desk.workUntil(id, 'done');
      expect(await desk.submit(id)).toBe('done');
      expect((await desk.audit()).filter(({ action }) => action === 'batch-submit')).toHaveLength(1);
      expect(await desk.updates()).toHaveLength(3);
    }));

  test('cannot be submitted with another fingerprint, or by somebody else', () =>
    withBatches(async (desk) => {
      const id = await desk.prepare();
      const { fingerprint } = await desk.show(id);
      await expect(desk.submitAs(id, fingerprint, otto)).rejects.toMatchObject({ code: 'not-allowed' });
      await expect(desk.submitAs(id, 'another', mona)).rejects.toMatchObject({ code: 'invalid' });
      expect(await desk.updates()).toEqual([]);
    }));

  test('for people who all have the plan already is refused', () =>
    withBatches(async (desk) => {
      const id = await desk.prepare(everybody, 'Basic');
      expect((await desk.show(id)).parts.same).toBe(45);
      await expect(desk.submit(id)).rejects.toMatchObject({ code: 'invalid' });
    }));

  test('that overlaps another one changes nobody twice, and reports the others as conflicts', () =>
    withBatches(async (desk) => {
      const one = await desk.prepare();
      const other = await desk.prepare(undefined, undefined, otto);
      await desk.submit(one);
      await desk.submit(other, null, otto);

      await desk.workUntil(one, 'done', 'paused');
      await desk.workUntil(other, 'done', 'paused');
      const journal = await desk.control.journal();
      expect(new Set(journal.map(({ userId }) => userId)).size).toBe(45);
      expect(journal).toHaveLength(45);
      await desk.expectBooksToAgree(one);
      await desk.expectBooksToAgree(other);
    }));
});

describe.concurrent('an operator', () => {
  test('pauses it, and no call goes out until it is resumed', () =>
    withBatches(async (desk) => {
      const id = await desk.prepare();
      await desk.submit(id);
      await desk.begin();
      expect(await desk.steer(id, 'pause', otto)).toBe('paused');
      await desk.work();
      expect(await desk.updates()).toEqual([]);

      expect(await desk.steer(id, 'resume')).toBe('running');
      expect(await desk.workUntil(id, 'done')).toMatchObject({ changed: 45 });
      await desk.expectBooksToAgree(id);
    }));

  test('pauses it before its people were listed, and it begins where it stood', () =>
    withBatches(async (desk) => {
      const id = await desk.prepare();
      await desk.submit(id);
      expect(await desk.steer(id, 'pause')).toBe('paused');
      expect(await desk.steer(id, 'resume')).toBe('starting');
      expect(await desk.workUntil(id, 'done')).toMatchObject({ changed: 45 });
    }));

  test('stops it: people who were not sent keep their plan, and the numbers add up', () =>
    withBatches(async (desk) => {
      const id = await desk.prepare();
      await desk.submit(id);
      await desk.begin();
      await desk.control.delay('BatchUpdateUser', 300);
      const working = desk.work(1);
      await until(async () => (await desk.updates()).length === 1);
      expect(await desk.steer(id, 'stop')).toBe('stopped');
      await working;

      expect(await desk.show(id)).toMatchObject({ state: 'stopped', cause: 'operator', changed: 20, left: 25 });
      expect(await desk.steer(id, 'resume')).toBe('stopped');
      await desk.work();
      expect(await desk.updates()).toHaveLength(1);
      await desk.expectBooksToAgree(id);
    }));

  test('discards a preview, which can then not be submitted', () =>
    withBatches(async (desk) => {
      const id = await desk.prepare();
      expect(await desk.steer(id, 'discard')).toBe('discarded');
      await expect(desk.submit(id)).rejects.toMatchObject({ code: 'invalid' });
    }));

  test('who may no longer change many people has their batch stopped before the next call', () =>
    withBatches(async (desk) => {
      const id = await desk.prepare();
      await desk.submit(id);
      await desk.begin();
      await desk.db.updateTable('operators').set({ role: 'helpdesk' }).where('id', '=', 'mona').execute();
      await desk.work();

      expect(await desk.show(id)).toMatchObject({ state: 'stopped', cause: 'rights', left: 45 });
      expect(await desk.updates()).toEqual([]);
      expect((await desk.audit()).at(-1)).toMatchObject({ action: 'batch-stop', failure: 'not-allowed' });
    }));

  test('who is disabled in the middle has it stopped, and what was sent is settled', () =>
    withBatches(async (desk) => {
      const id = await desk.prepare();
      await desk.submit(id);
      await desk.begin();
      await desk.control.delay('BatchUpdateUser', 300);
      const working = desk.work(1);
      await until(async () => (await desk.updates()).length === 1);
      await desk.db.updateTable('operators').set({ disabled_at: new Date() }).where('id', '=', 'mona').execute();
      await working;

      expect(await desk.show(id)).toMatchObject({ state: 'stopped', cause: 'rights', changed: 20, left: 25 });
      await desk.expectBooksToAgree(id);
    }));
});

test('one operator who prepares a dozen batches at once does not take every connection to the database', () =>
  withBatches(async (desk) => {
    let prepared: Promise<string[]> | undefined;
    await desk.db.transaction().execute(async (trx) => {
      await sql`lock table batches in exclusive mode`.execute(trx);
      prepared = Promise.all(Array.from({ length: 12 }, () => desk.prepare()));
      await until(async () => {
        await sql`select pg_stat_clear_snapshot()`.execute(trx); // a transaction sees what it has seen before
        const { rows } = await sql`
          select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`.execute(trx);
        return rows.length >= 3;
      });
    });

    expect(new Set(await prepared).size).toBe(12);
  }));

describe.concurrent('above the limits', () => {
  const tooMany = async (desk: Parameters<Parameters<typeof withBatches>[0]>[0]) => {
    const id = await desk.prepare();
    await desk.db.updateTable('batches').set({ total: 1_001 }).where('id', '=', id).execute();
    return id;
  };

  test('a batch waits for a second admin, who approves the very list', () =>
    withBatches(async (desk) => {
      const id = await tooMany(desk);
      expect(await desk.show(id)).toMatchObject({ needsApproval: true });
      expect(await desk.submit(id)).toBe('waiting');
      await desk.work();
      expect(await desk.updates()).toEqual([]);

      await expect(desk.approve(id, mona)).rejects.toMatchObject({ code: 'not-allowed' });
      expect(await desk.approve(id, otto)).toBe('starting');
      await desk.work();
      expect(await desk.show(id)).toMatchObject({ approver: { name: 'Otto Lind', login: null }, changed: 45 });
      expect((await desk.audit()).map(({ action }) => action)).toContain('batch-approve');
    }));

  test('the people of a day count together also where everything is submitted at once', () =>
    withBatches(async (desk) => {
      const ids: string[] = [];
      for (let round = 0; round < 8; round += 1) ids.push(await desk.prepare());
      await desk.db.updateTable('batches').set({ total: 1_000 }).execute();

      const states = await Promise.all(ids.map((id) => desk.submit(id)));

      expect(states.filter((state) => state === 'starting')).toHaveLength(5);
      expect(states.filter((state) => state === 'waiting')).toHaveLength(3);
    }));

  test('the people of a day count together', () =>
    withBatches(async (desk) => {
      for (let round = 0; round < 5; round += 1) {
        const id = await desk.prepare();
        await desk.db.updateTable('batches').set({ total: 1_000 }).where('id', '=', id).execute();
        expect(await desk.submit(id)).toBe('starting');
      }
      const id = await desk.prepare({ kind: 'people', userIds: ['p0001'] });
      expect(await desk.show(id)).toMatchObject({
        needsApproval: true,
        limit: { people: 1_000, perDay: 5_000, today: 5_000 },
      });
      expect(await desk.submit(id)).toBe('waiting');
    }));

  test('a batch that waits for a second admin counts in no day, and from its approval on in that on which it runs', () =>
    withBatches(async (desk) => {
      const large = await desk.prepare();
      await desk.db.updateTable('batches').set({ total: 4_999 }).where('id', '=', large).execute();
      expect(await desk.submit(large)).toBe('waiting');
      const [one, two] = [await desk.prepare(), await desk.prepare()];
      expect(await desk.show(one)).toMatchObject({ needsApproval: false, limit: { today: 0 } });
      expect(await desk.submit(one)).toBe('starting');

      expect(await desk.approve(large, otto)).toBe('starting');
      expect(await desk.show(two)).toMatchObject({ needsApproval: true, limit: { today: 5_044 } });
      expect(await desk.submit(two)).toBe('waiting');
    }));

  test('a batch for another day counts in that one', () =>
    withBatches(async (desk) => {
      const inDays = (days: number) => new Date(Date.now() + days * 86_400_000);
      const submitLarge = async (startAt: Date | null) => {
        const id = await desk.prepare();
        await desk.db.updateTable('batches').set({ total: 1_000 }).where('id', '=', id).execute();
        return desk.submit(id, startAt);
      };
      for (let round = 0; round < 5; round += 1) expect(await submitLarge(inDays(3))).toBe('scheduled');

      expect(await submitLarge(inDays(3))).toBe('waiting');
      expect(await submitLarge(inDays(2.5))).toBe('waiting');
      expect(await submitLarge(inDays(3.5))).toBe('waiting');
      expect(await submitLarge(null)).toBe('starting');
      expect(await submitLarge(inDays(5))).toBe('scheduled');
      await desk.db
        .updateTable('batches')
        .set({ started_at: inDays(-2) })
        .where('state', '=', 'scheduled')
        .execute();
      expect(await submitLarge(inDays(3))).toBe('scheduled');
    }));
});

test('no 24 hours have more people than the busiest that hold the moment', () => {
  const hours = fc.integer({ min: -60, max: 60 });
  const runs = fc.array(fc.record({ hour: hours, people: fc.integer({ min: 1, max: 9 }) }), { maxLength: 12 });
  const at = (hour: number) => new Date(hour * 3_600_000);
  fc.assert(
    fc.property(runs, hours, (list, hour) => {
      const found = peopleInDay(
        list.map((run) => ({ at: at(run.hour), people: run.people })),
        at(hour),
      );
      const windows = Array.from({ length: 24 }, (_, earlier) =>
        list
          .filter((run) => run.hour >= hour - earlier && run.hour < hour - earlier + 24)
          .reduce((sum, { people }) => sum + people, 0),
      );
      expect(found).toBe(Math.max(...windows));
    }),
  );
});

async function syncNow({ db, deps, accountId }: BatchDesk): Promise<void> {
  await wantSync(db, accountId);
  await syncEverything(deps);
}

describe.concurrent('after a batch', () => {
  test('the failed are tried again as a batch of their own', () =>
    withBatches(async (desk) => {
      for (const userId of ['p0001', 'p0030']) {
        await desk.control.failNext('BatchUpdateUser', 'ForbiddenException', { userId });
      }
      const first = await desk.run();
      expect(first).toMatchObject({ changed: 43, failed: 2 });
      expect(await desk.failures(first.id)).toEqual([{ code: 'forbidden', people: 2 }]);

      const again = await desk.run({ kind: 'retry', batchId: first.id }, null);
      expect(again).toMatchObject({ state: 'done', total: 2, changed: 2 });
      expect((await desk.show(first.id)).followers).toMatchObject([{ id: again.id, kind: 'retry' }]);
      await desk.expectBooksToAgree(again.id);
    }));

  test('all of it is undone but whoever was changed since', () =>
    withBatches(async (desk) => {
      const { id } = await desk.run();
      await desk.control.changeOutside(desk.accountId, 'p0001', { LicenseType: 'Plus' });
      await syncNow(desk);
      await desk.change([{ userId: 'p0002', from: 'Pro', to: 'Basic' }]);
      await desk.change([{ userId: 'p0002', from: 'Basic', to: 'Pro' }]);
      await desk.change([{ userId: 'p0003', from: 'Pro', to: 'Basic' }]);

      const undone = await desk.run({ kind: 'undo', batchId: id }, null);
      expect(undone).toMatchObject({ state: 'done', total: 42, changed: 42 });
      expect(undone.parts).toMatchObject({ change: 42, same: 1, forbidden: 2 });
      const { batches } = await showBatches(desk.db, desk.accountId, { id: 'mona', mayApprove: false });
      expect(batches.map((batch) => [batch.id, batch.undone])).toEqual([
        [undone.id, 0],
        [id, 42],
      ]);
      expect(await desk.licenseOf('p0000')).toBe('Basic');
      expect(await desk.licenseOf('p0001')).toBe('Plus');
      expect(await desk.licenseOf('p0002')).toBe('Pro');
      const left = await desk.items(undone.id, { part: 'forbidden' });
      expect(left.map(({ failure }) => [failure?.code, failure?.other?.name])).toEqual([
        ['conflict', undefined],
        ['conflict', 'Dana Reyes'],
      ]);
      expect((await desk.audit()).filter(({ action }) => action === 'undo')).toHaveLength(42);
      await desk.expectBooksToAgree(undone.id);
    }));

  test('one that has not ended can be neither undone nor tried again', () =>
    withBatches(async (desk) => {
      const id = await desk.prepare();
      await expect(desk.prepare({ kind: 'undo', batchId: id }, null)).rejects.toMatchObject({ code: 'invalid' });
      await expect(desk.prepare({ kind: 'retry', batchId: id }, null)).rejects.toMatchObject({ code: 'invalid' });
    }));
});

describe.concurrent('a time to start', () => {
  test('is waited for', () =>
    withBatches(async (desk) => {
      const id = await desk.prepare();
      expect(await desk.submit(id, new Date(Date.now() + 3_600_000))).toBe('scheduled');
      await desk.work();
      expect(await desk.updates()).toEqual([]);

      await desk.db.updateTable('batches').set({ start_at: new Date() }).where('id', '=', id).execute();
      expect(await desk.workUntil(id, 'done')).toMatchObject({ changed: 45 });
    }));
});
