import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { authConfig, type BatchDesk, crowd, otto, withBatches } from '../../testing/batches.ts';
import { withDatabase } from '../../testing/database.ts';
import { until } from '../../testing/desk.ts';
import type { AccessRules } from '../auth/access.ts';
import { maySubmitterRun } from './rights.ts';
import { takeChunk } from './run/chunks-store.ts';
import { takeOverChunks } from './run/run-batches.ts';
import { approveBatch } from './steer-batch.ts';
import { findBatch } from './store.ts';

describe.concurrent('an operator who is disabled while Chime is silent', () => {
  const disableMona = (desk: BatchDesk) =>
    desk.db.updateTable('operators').set({ disabled_at: new Date() }).where('id', '=', 'mona').execute();

  test('has their batch stopped before its people are sent again', () =>
    withBatches(async (desk) => {
      const id = await desk.prepare();
      await desk.submit(id);
      await desk.begin();
      await desk.control.delay('BatchUpdateUser', 60_000, { count: 0 });
      const stopping = new AbortController();
      const working = desk.work(1, stopping.signal).catch(() => undefined);
      await until(async () => (await desk.updates()).length === 1);
      await disableMona(desk);

      const batch = await until(async () => {
        const now = await desk.show(id);
        return now.state !== 'running' || (await desk.updates()).length > 1 ? now : undefined;
      });
      expect(batch).toMatchObject({ state: 'stopped', cause: 'rights', changed: 0 });
      expect(await desk.updates()).toHaveLength(1);
      stopping.abort();
      await working;
      expect(await desk.updates()).toHaveLength(1);
    }, crowd(15)));

  test('has it stopped between people who are sent one by one', () =>
    withBatches(async (desk) => {
      const id = await desk.prepare();
      await desk.submit(id);
      await desk.begin();
      await desk.control.failNext('BatchUpdateUser', 'BadRequestException');
      await desk.control.delay('BatchUpdateUser', 4_000, { count: 0 }); // from the second call on
      const working = desk.work(1);
      await until(async () => (await desk.updates()).length === 2); // all 15, then the first of them
      await disableMona(desk);
      await working;

      expect(await desk.show(id)).toMatchObject({ state: 'stopped', cause: 'rights', changed: 1, left: 14 });
      expect(await desk.updates()).toHaveLength(2);
      await desk.expectBooksToAgree(id);
    }, crowd(15)));

  test('has it stopped before people whom a killed worker has left are sent again', () =>
    withBatches(async (desk) => {
      const id = await desk.prepare();
      await desk.submit(id);
      await desk.begin();
      const batch = await findBatch(desk.db, desk.accountId, id);
      if (batch) await takeChunk(desk.db, batch);
      await sql`update batch_chunks set lease_until = clock_timestamp() - interval '1 second'`.execute(desk.db);
      await disableMona(desk);
      const stopping = new AbortController();
      const working = takeOverChunks(desk.deps, authConfig, stopping.signal).catch(() => undefined);

      const now = await until(async () => {
        const shown = await desk.show(id);
        return shown.state !== 'running' || (await desk.updates()).length > 0 ? shown : undefined;
      });
      expect(now).toMatchObject({ state: 'stopped', cause: 'rights' });
      stopping.abort();
      await working;
      expect(await desk.updates()).toEqual([]);
    }, crowd(15)));
});

describe('an admin of some accounts', () => {
  const rules: AccessRules = {
    groupsClaim: 'groups',
    scope: 'openid',
    help: 'Ask the IT desk',
    groups: {
      here: { role: 'admin', accounts: ['nordwind'] },
      elsewhere: { role: 'admin', accounts: ['meridian'] },
      looks: { role: 'viewer', accounts: 'all' },
    },
  };
  const issuer = 'https://login.example';
  const provider = { issuer, clientId: 'carillon', clientSecret: 'unused', rules: () => rules };

  test.each([
    [['here'], true],
    [['elsewhere'], false],
    [['elsewhere', 'looks'], true],
    [['looks'], false],
    [[], false],
  ])('whom the provider named %j when they submitted a batch may have it run: %j', (groups, may) =>
    withDatabase(async (db) => {
      await db.insertInto('operators').values({ id: 'ada', name: 'Ada Okoye', issuer, subject: 'ada' }).execute();
      const batch = { operator_id: 'ada', operator_groups: groups, account_id: 'nordwind' };

      expect(await maySubmitterRun(db, { ...authConfig, provider }, batch)).toBe(may);
    }),
  );
});

test('a batch is approved as it was seen, and by no other fingerprint', () =>
  withBatches(async (desk) => {
    const id = await desk.prepare();
    await desk.submit(id);
    await sql`update batches set state = 'waiting' where id = ${id}::uuid`.execute(desk.db);
    const target = { accountId: desk.accountId, batchId: id };

    await expect(approveBatch(desk.deps, { ...target, fingerprint: '0'.repeat(64) }, otto)).rejects.toMatchObject({
      code: 'invalid',
    });
    expect(await desk.show(id)).toMatchObject({ state: 'waiting' });

    const { fingerprint } = await desk.show(id);
    expect(await approveBatch(desk.deps, { ...target, fingerprint }, otto)).toBe('starting');
  }, crowd(2)));
