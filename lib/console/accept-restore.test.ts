import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { authConfig, crowd, mona, withBatches } from '../../testing/batches.ts';
import { anaTo, dana, until, withDesk } from '../../testing/desk.ts';
import { startWorker } from '../../testing/worker.ts';
import { everything } from '../audit/filter.ts';
import { pageOfEntries } from '../audit/store.ts';
import { beginSession } from '../auth/session.ts';
import { runEndings } from '../changes/endings/run-endings.ts';
import { connectChime } from '../chime/chime.ts';
import { endingsIn, planEndings } from '../endings/store.ts';
import { markRestored, openRestore, refuseWhileRestored } from '../restores/store.ts';
import { auditSentence } from '../texts/english/audit/audit-sentence.ts';
import { holderWith, makeToken } from '../tokens/keep-tokens.ts';
import { acceptRestore } from './accept-restore.ts';
import { consoleUser } from './console-user.ts';

const by = consoleUser('root', 'desk-1');
const never = new AbortController().signal;

test('no call that changes something leaves for Chime, whoever asks, until the restore is accepted', () =>
  withDesk(async (desk) => {
    const chime = connectChime({ ...desk.chimeService, beforeChange: () => refuseWhileRestored(desk.db) });
    await markRestored(desk.db, 'restore');
    const calls = (await desk.control.calls()).length;

    await expect(chime.updateLicense(desk.accountId, 'ana', 'Pro')).rejects.toMatchObject({ code: 'restored' });
    await expect(chime.updateLicenses(desk.accountId, [{ userId: 'ana', to: 'Pro' }])).rejects.toMatchObject({
      code: 'restored',
    });
    expect((await desk.control.calls()).length).toBe(calls);
    expect((await chime.getUser(desk.accountId, 'ana')).license).toBe('Basic');

    await acceptRestore(desk.db, by, 'Ticket 4711');
    await chime.updateLicense(desk.accountId, 'ana', 'Pro');
    expect(await desk.licenseOf('ana')).toBe('Pro');
    chime.disconnect();
  }));

test('a worker calls Chime for nothing until the restore is accepted, and lists every account then', () =>
  withDesk(async (desk) => {
    await markRestored(desk.db, 'restore');
    const before = (await desk.control.calls()).length;
    const lastRead = async () => (await desk.db.selectFrom('accounts').select('complete_as_of').execute()).map(String);
    const worker = await startWorker(desk);
    try {
      const beats = async () => (await desk.db.selectFrom('workers').select('seen_at').execute())[0]?.seen_at.getTime();
      const first = await until(beats);
      await until(async () => (await beats()) !== first); // it has looked for work several times by now
      expect((await desk.control.calls()).length).toBe(before);

      await acceptRestore(desk.db, by, 'Ticket 4711');

      await until(async () => (await desk.control.calls()).length > before);
      expect(await lastRead()).not.toEqual([]);
    } finally {
      await worker.kill();
    }
  }));

test('what would go on by itself waits for a review, and everything that was signed in has ended', () =>
  withBatches(async (desk) => {
    const { db, deps, accountId } = desk;
    const [running, scheduled] = [
      await desk.prepare(),
      await desk.prepare({ kind: 'people', userIds: ['p0002'] }, 'Pro'),
    ];
    await desk.submit(running);
    await desk.submit(scheduled, new Date(Date.now() + 3_600_000));
    const due = { accountId, userId: 'p0001', license: 'Basic', backTo: 'Pro', zone: 'UTC', at: new Date(), ...dana };
    await planEndings(db, [due]);
    await markRestored(db, 'restore');
    const operator = {
      id: mona.operatorId,
      name: 'Mona',
      groups: null,
      role: 'admin',
      accounts: 'all',
      isForAll: true,
    } as const;
    const token = await makeToken(db, operator, 'laptop', randomUUID());
    await beginSession(db, mona.operatorId);

    expect(await acceptRestore(db, by, 'Ticket 4711')).toEqual({ batches: 2, endings: 1, plannedEndings: 0 });

    expect([(await desk.show(running)).state, (await desk.show(scheduled)).state]).toEqual(['paused', 'paused']);
    await desk.work();
    await runEndings(deps, never);
    expect(await desk.control.journal()).toEqual([]);
    expect((await endingsIn(db, accountId)).failed.count).toBe(1);
    expect(await holderWith(db, authConfig, token)).toBeUndefined();
    const sessions = await db.selectFrom('sessions').select('revoked_at').execute();
    expect(sessions.map(({ revoked_at }) => revoked_at !== null)).toEqual([true]);
    expect(await openRestore(db)).toBeUndefined();
    expect(await acceptRestore(db, by, 'again')).toBeUndefined();

    await desk.steer(running, 'resume');
    expect((await desk.workUntil(running, 'done')).changed).toBe(3);
    expect(await desk.steer(scheduled, 'resume')).toBe('scheduled');
  }, crowd(3)));

test('the audit says who accepted a restore, at which machine, and why', () =>
  withDesk(async (desk) => {
    await markRestored(desk.db, 'restore');
    await acceptRestore(desk.db, by, 'Disk of db-2 died');

    const { entries } = await pageOfEntries(desk.db, everything);

    const [accepted] = entries.filter(({ action }) => action === 'restore-accept');
    expect(accepted && auditSentence(accepted)).toBe(
      '**Console, user root@desk-1** accepted the restored database: “Disk of db-2 died”',
    );
    await desk.change([anaTo('Pro')]);
    expect(await desk.licenseOf('ana')).toBe('Pro');
  }));
