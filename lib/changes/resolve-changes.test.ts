import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { breakMirrorOf } from '../../testing/broken-mirror.ts';
import { anaTo, type Desk, dana, expectAuditToMatchJournal, withDesk } from '../../testing/desk.ts';
import { recordIntent } from './intent-store.ts';
import { outcomesOf } from './outcomes-store.ts';
import { resolveChanges } from './resolve-changes.ts';

/** A change whose process died: the intent is there, and it may or may not have reached Chime. */
async function leftBehind(desk: Desk, { reachedChime, secondsAgo }: { reachedChime: boolean; secondsAgo: number }) {
  const id = randomUUID();
  await recordIntent(desk.db, desk.accountId, id, anaTo('Pro'), { ...dana, requestId: randomUUID() });
  if (reachedChime) await desk.chime.updateLicense(desk.accountId, 'ana', 'Pro');
  await sql`
    update changes set requested_at = requested_at - ${secondsAgo} * interval '1 second',
      sent_at = sent_at - ${secondsAgo} * interval '1 second',
      lease_until = lease_until - ${secondsAgo} * interval '1 second'`.execute(desk.db);
  return id;
}

const outcomeOf = async (desk: Desk, id: string) => (await outcomesOf(desk.db, desk.accountId, [id]))[0];

describe('a change left behind by a killed process', () => {
  test('that had reached Chime ends as applied', () =>
    withDesk(async (desk) => {
      const id = await leftBehind(desk, { reachedChime: true, secondsAgo: 20 });

      await resolveChanges(desk.deps);

      expect(await outcomeOf(desk, id)).toMatchObject({ state: 'applied', confirmation: 'confirmed' });
      await expectAuditToMatchJournal(desk);
    }));

  test('that had not reached Chime ends as interrupted, once nothing of it can arrive any more', () =>
    withDesk(async (desk) => {
      const id = await leftBehind(desk, { reachedChime: false, secondsAgo: 26 });

      await resolveChanges(desk.deps);

      expect(await outcomeOf(desk, id)).toMatchObject({ state: 'failed', failure: { code: 'interrupted' } });
      await expectAuditToMatchJournal(desk);
    }));

  test('is not called failed while it may still arrive', () =>
    withDesk(async (desk) => {
      const id = await leftBehind(desk, { reachedChime: false, secondsAgo: 20 });

      await resolveChanges(desk.deps);

      expect(await outcomeOf(desk, id)).toMatchObject({ state: 'unknown' });
      expect(await desk.audit()).toEqual([]);
    }));

  test('is left to its own process while that may be alive', () =>
    withDesk(async (desk) => {
      const id = await leftBehind(desk, { reachedChime: true, secondsAgo: 1 });

      expect(await resolveChanges(desk.deps)).toBe(0);

      expect(await outcomeOf(desk, id)).toMatchObject({ state: 'pending' });
    }));

  test('stays unknown while Chime is down, and is found out when it is back', () =>
    withDesk(async (desk) => {
      const id = await leftBehind(desk, { reachedChime: true, secondsAgo: 26 });
      await desk.control.failNext(undefined, 'ServiceUnavailableException', { count: 0 });
      await resolveChanges(desk.deps);
      expect(await outcomeOf(desk, id)).toMatchObject({ state: 'unknown' });

      await desk.control.clear();
      await sql`update changes set lease_until = clock_timestamp() - interval '1 second'`.execute(desk.db);
      await resolveChanges(desk.deps);

      expect(await outcomeOf(desk, id)).toMatchObject({ state: 'applied' });
      await expectAuditToMatchJournal(desk);
    }));

  test('of a person somebody else has changed since is a conflict', () =>
    withDesk(async (desk) => {
      const id = await leftBehind(desk, { reachedChime: false, secondsAgo: 26 });
      await desk.control.changeOutside(desk.accountId, 'ana', { LicenseType: 'ProTrial' });

      await resolveChanges(desk.deps);

      expect(await outcomeOf(desk, id)).toMatchObject({
        state: 'failed',
        failure: { code: 'conflict', current: 'ProTrial' },
      });
    }));

  test('is settled once when two workers find it', () =>
    withDesk(async (desk) => {
      await leftBehind(desk, { reachedChime: true, secondsAgo: 20 });

      await Promise.all([resolveChanges(desk.deps), resolveChanges(desk.deps)]);

      expect(await desk.audit()).toHaveLength(1);
    }));

  test('that a fault of ours stops from being found out is told as our fault, and does not stop the one beside it', () =>
    withDesk(async (desk) => {
      const id = await leftBehind(desk, { reachedChime: true, secondsAgo: 26 });
      const beside = randomUUID();
      const benTo = { ...anaTo('Pro'), userId: 'ben', from: 'Pro' as const, to: 'Basic' as const };
      await recordIntent(desk.db, desk.accountId, beside, benTo, { ...dana, requestId: randomUUID() });
      await sql`update changes set lease_until = clock_timestamp() - interval '1 second'`.execute(desk.db);
      const mend = await breakMirrorOf(desk.db, 'ana');

      await resolveChanges(desk.deps);

      expect(await outcomeOf(desk, id)).toMatchObject({ state: 'unknown', failure: { code: 'unexpected' } });
      expect((await outcomeOf(desk, beside))?.state).not.toBe('pending');

      await mend();
      await sql`update changes set lease_until = clock_timestamp() - interval '1 second'`.execute(desk.db);
      await resolveChanges(desk.deps);
      expect(await outcomeOf(desk, id)).toMatchObject({ state: 'applied' });
    }));
});
