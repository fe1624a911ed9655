import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { authConfig, type BatchDesk, crowd, everybody, mona, withBatches } from '../../testing/batches.ts';
import { until } from '../../testing/desk.ts';
import { everything } from '../audit/filter.ts';
import { pageOfEntries } from '../audit/store.ts';
import { takeChunk } from '../batches/run/chunks-store.ts';
import { runBatches, startBatches, takeOverChunks } from '../batches/run/run-batches.ts';
import { findBatch } from '../batches/store.ts';
import { applyChanges } from '../changes/apply-changes.ts';
import { runEndings } from '../changes/endings/run-endings.ts';
import { setEnding } from '../changes/endings/set-ending.ts';
import { recordIntent } from '../changes/intent-store.ts';
import { resolveChanges } from '../changes/resolve-changes.ts';
import { connectChime } from '../chime/chime.ts';
import type { Deps } from '../chime/deps.ts';
import { showAccounts } from '../counts/show-accounts.ts';
import { showLicenses } from '../counts/show-licenses.ts';
import { exportUsers } from '../exports/export-users.ts';
import { syncAccounts, syncDueAccount } from '../mirror/sync-mirror.ts';
import { prepareBatch } from '../previews/prepare-batch.ts';
import { firstPage } from '../search/filter.ts';
import { showUsers } from '../search/show-users.ts';
import { workLeft } from '../worker/work-left-store.ts';
import { findAccount, listAccounts, listAccountsWithPeople, wantSync } from './store.ts';

/**
 * What is left of an account when CHIME_ACCOUNTS does not name it any more: a database that knows it, with people, changes,
 * batches and temporary plans, and a Carillon that only looks after another one.
 */
type OffDesk = BatchDesk & { off: Deps; other: string; callsAboutIt(): Promise<string[]> };

async function withAccountTakenOff(run: (desk: OffDesk) => Promise<void>): Promise<void> {
  await withBatches(async (desk) => {
    const { team: other } = desk.chimeService.accounts;
    const off = { db: desk.db, chime: connectChime({ ...desk.chimeService, onlyAccounts: [other] }) };
    const since = (await desk.control.calls()).length;
    const callsAboutIt = async () =>
      (await desk.control.calls())
        .slice(since)
        .filter(({ accountId }) => accountId === desk.accountId)
        .map(({ operation }) => operation ?? '');
    try {
      await run({ ...desk, off, other, callsAboutIt });
    } finally {
      off.chime.disconnect();
    }
  }, crowd(3));
}

const proThenBasic = { license: 'Pro', to: 'Basic' } as const;
const never = new AbortController().signal;
const by = { ...mona, requestId: randomUUID() };

/** Gives somebody Pro, and waits until nothing more is asked of Chime about it. */
async function changeAndConfirm({ db, change }: OffDesk): Promise<void> {
  await change([{ userId: 'p0000', from: 'Basic', to: 'Pro' }]);
  await until(async () => {
    const row = await db.selectFrom('changes').select('confirmed_at').executeTakeFirst();
    return row?.confirmed_at !== null;
  });
}

/** All that a worker does, once. */
async function workOnce(deps: Deps, theirConfig = authConfig): Promise<void> {
  await syncAccounts(deps);
  while (await syncDueAccount(deps));
  await startBatches(deps);
  await takeOverChunks(deps, theirConfig, never);
  await runBatches(deps, theirConfig, never);
  await runEndings(deps, never);
  await resolveChanges(deps);
}

describe.concurrent('an account that was taken out of the settings', () => {
  test('is in no list, no total and no page, and cannot be found', () =>
    withAccountTakenOff(async ({ db, off, other, accountId }) => {
      const all = await listAccounts(db, 'all');
      expect(all.map(({ id }) => id)).toContain(accountId);

      expect((await listAccounts(db, off.chime.accounts)).map(({ id }) => id)).toEqual([other]);
      expect((await listAccountsWithPeople(db, off.chime.accounts)).map(({ id }) => id)).toEqual([other]);
      expect((await showAccounts(db, off.chime.accounts)).accounts.map(({ id }) => id)).toEqual([other]);
      expect(await findAccount(off, accountId)).toBeUndefined();
      expect(await showLicenses(off, accountId)).toBeUndefined();
      await expect(showUsers(off, accountId, firstPage)).rejects.toMatchObject({ code: 'unknown-account' });
      await expect(exportUsers(off, accountId, firstPage).next()).rejects.toMatchObject({ code: 'unknown-account' });
    }));

  test('is not listed from Chime, also when somebody has asked for it', () =>
    withAccountTakenOff(async ({ db, off, accountId, callsAboutIt }) => {
      await sql`update accounts set name = 'As it was', sync_touched_at = now() - interval '1 day'`.execute(db);
      await wantSync(db, accountId);

      await workOnce(off);

      expect(await callsAboutIt()).toEqual([]);
      const row = await db
        .selectFrom('accounts')
        .select(['name', 'sync_wanted', 'sync_failure'])
        .where('id', '=', accountId)
        .executeTakeFirst();
      expect(row).toEqual({ name: 'As it was', sync_wanted: true, sync_failure: null });
    }));

  test('takes no change, no end of a plan and no batch', () =>
    withAccountTakenOff(async ({ off, accountId, callsAboutIt }) => {
      const choice = { userId: 'p0000', from: 'Basic', to: 'Pro' as const };
      expect(await applyChanges(off, accountId, [choice], by)).toMatchObject([
        { state: 'failed', failure: { code: 'unknown-account' } },
      ]);
      const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 16);
      await expect(
        setEnding(off, { accountId, userId: 'p0000' }, { ...proThenBasic, until: { wall: tomorrow, zone: 'UTC' } }, by),
      ).rejects.toMatchObject({ code: 'unknown-account' });
      await expect(
        prepareBatch(off, { accountId, people: everybody, to: 'Pro', reason: 'Ticket 4711' }, by),
      ).rejects.toMatchObject({ code: 'unknown-account' });
      expect(await callsAboutIt()).toEqual([]);
    }));

  test('has its running batch paused with the cause, and it goes on after a fresh listing when it is taken on again and resumed', () =>
    withAccountTakenOff(async (desk) => {
      const { db, off, callsAboutIt } = desk;
      const id = await desk.prepare();
      await desk.submit(id);
      await desk.begin();
      expect(await desk.show(id)).toMatchObject({ state: 'running' });
      const listings = (await callsAboutIt()).length;

      await workOnce(off);
      expect(await desk.show(id)).toMatchObject({ state: 'paused', cause: 'account', changed: 0 });
      expect((await callsAboutIt()).slice(listings)).toEqual([]);
      const { entries } = await pageOfEntries(db, everything, undefined);
      expect(entries.find(({ action }) => action === 'batch-pause')).toMatchObject({
        failure: 'unknown-account',
        operator: null,
      });

      await desk.work();
      expect(await desk.show(id)).toMatchObject({ state: 'paused', changed: 0 });
      expect(await desk.steer(id, 'resume')).toBe('starting');
      expect(await desk.workUntil(id, 'done')).toMatchObject({ changed: 3 });
      await desk.expectBooksToAgree(id);
    }));

  test('has nobody of a running batch taken up, even before that is paused', () =>
    withAccountTakenOff(async (desk) => {
      const id = await desk.prepare();
      await desk.submit(id);
      await desk.begin();

      await runBatches(desk.off, authConfig, never);
      expect(await desk.show(id)).toMatchObject({ state: 'running', underWay: 0, held: null });
      expect(await desk.db.selectFrom('changes').select('id').execute()).toEqual([]);
    }));

  test('has a batch for later paused, also past its time, and resumed before its time it waits for that', () =>
    withAccountTakenOff(async (desk) => {
      const id = await desk.prepare();
      await desk.submit(id, new Date(Date.now() + 3_600_000));
      await workOnce(desk.off);
      expect(await desk.show(id)).toMatchObject({ state: 'paused', cause: 'account' });

      expect(await desk.steer(id, 'resume')).toBe('scheduled');
      await sql`update batches set start_at = clock_timestamp() - interval '1 minute'`.execute(desk.db);
      await workOnce(desk.off);
      expect(await desk.show(id)).toMatchObject({ state: 'paused', cause: 'account' });
      expect(await desk.updates()).toEqual([]);
    }));

  test('keeps people of a batch who are in no worker’s hands as they are, until it is taken on again', () =>
    withAccountTakenOff(async (desk) => {
      const { db, off, accountId, callsAboutIt } = desk;
      const id = await desk.prepare();
      await desk.submit(id);
      await desk.begin();
      const batch = await findBatch(db, accountId, id);
      if (batch) await takeChunk(db, batch);
      await sql`update batch_chunks set lease_until = clock_timestamp() - interval '1 second'`.execute(db);
      await sql`update changes set sent_at = sent_at - interval '1 minute'`.execute(db);
      const before = (await callsAboutIt()).length;

      await workOnce(off);
      expect((await callsAboutIt()).slice(before)).toEqual([]);
      expect(await desk.show(id)).toMatchObject({ state: 'paused', underWay: 3 });

      await takeOverChunks(desk.deps, authConfig, never);
      expect(await desk.show(id)).toMatchObject({ state: 'paused', underWay: 0, left: 3 });
      await desk.steer(id, 'resume');
      expect(await desk.workUntil(id, 'done')).toMatchObject({ changed: 3 });
    }));

  test('keeps temporary plans past their end, which end when it is taken on again', () =>
    withAccountTakenOff(async (desk) => {
      const { db, off, accountId, callsAboutIt } = desk;
      await changeAndConfirm(desk);
      const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 16);
      await setEnding(
        desk.deps,
        { accountId, userId: 'p0000' },
        { ...proThenBasic, until: { wall: tomorrow, zone: 'UTC' } },
        by,
      );
      await sql`update endings set next_try_at = clock_timestamp() - interval '1 second'`.execute(db);
      const before = (await callsAboutIt()).length;

      await workOnce(off);
      expect((await callsAboutIt()).slice(before)).toEqual([]);
      expect(await desk.licenseOf('p0000')).toBe('Pro');
      expect(await workLeft(off)).toEqual({ accounts: 1, batches: 0, endings: 1, changes: 0 });
      expect(await workLeft(desk.deps)).toMatchObject({ accounts: 0 });

      await until(async () => {
        await runEndings(desk.deps, never);
        return (await desk.licenseOf('p0000')) === 'Basic';
      });
    }));

  test('keeps the end of a plan whose change is settled as it is', () =>
    withAccountTakenOff(async (desk) => {
      const { db, off, accountId } = desk;
      await desk.change([{ userId: 'p0000', from: 'Basic', to: 'Pro' }]);
      const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 16);
      await setEnding(
        desk.deps,
        { accountId, userId: 'p0000' },
        { ...proThenBasic, until: { wall: tomorrow, zone: 'UTC' } },
        by,
      );
      await sql`update endings set state = 'running', change_id = (select id from changes limit 1)`.execute(db);

      await workOnce(off);
      expect(await db.selectFrom('endings').select('state').executeTakeFirst()).toEqual({ state: 'running' });
      await runEndings(desk.deps, never);
      expect(await db.selectFrom('endings').select('state').executeTakeFirst()).toEqual({ state: 'done' });
    }));

  test('keeps an open change open, and it is found out when the account is taken on again', () =>
    withAccountTakenOff(async (desk) => {
      const { db, off, accountId, callsAboutIt } = desk;
      await recordIntent(db, accountId, randomUUID(), { userId: 'p0000', from: 'Basic', to: 'Pro' }, by);
      await sql`update changes set lease_until = clock_timestamp() - interval '1 second',
        sent_at = clock_timestamp() - interval '1 minute'`.execute(db);
      const state = async () => (await db.selectFrom('changes').select('state').executeTakeFirst())?.state;

      await workOnce(off);
      expect(await callsAboutIt()).toEqual([]);
      expect(await state()).toBe('pending');

      await resolveChanges(desk.deps);
      expect(await state()).toBe('failed');
    }));

  test('is not asked whether it shows what it accepted', () =>
    withAccountTakenOff(async (desk) => {
      const { db, off, callsAboutIt } = desk;
      await changeAndConfirm(desk);
      await sql`update changes set confirmed_at = null, lease_until = clock_timestamp() - interval '1 second'`.execute(
        db,
      );
      const before = (await callsAboutIt()).length;

      await workOnce(off);
      expect((await callsAboutIt()).slice(before)).toEqual([]);
      await resolveChanges(desk.deps);
      expect((await callsAboutIt()).slice(before)).toEqual(['GetUser']);
    }));
});
