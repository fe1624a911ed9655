import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startEmbedded } from '../../scripts/processes/embedded.ts';
import { unpackCluster } from '../../scripts/processes/unpack-cluster.ts';
import { rounds } from '../../testing/campaign.ts';
import { startChime, type TestChime } from '../../testing/chime.ts';
import { clickedPeople, keepClicking } from '../../testing/clicking.ts';
import { syncEverything, until } from '../../testing/desk.ts';
import { startWholeServer, type WholeServer } from '../../testing/whole-server.ts';
import { startWorker } from '../../testing/worker.ts';
import { auditKeys } from '../audit/keys.ts';
import { checkCopy } from '../backups/check-copy.ts';
import { judgeCopy } from '../backups/copy-verdict.ts';
import { takeBackup } from '../backups/take-backup.ts';
import { connectChime } from '../chime/chime.ts';
import type { Deps } from '../chime/deps.ts';
import { type Database, openDatabase } from '../db/database.ts';
import { syncAccounts } from '../mirror/sync-mirror.ts';
import { markRestored } from '../restores/store.ts';
import { acceptRestore } from './accept-restore.ts';
import { consoleUser } from './console-user.ts';

/** Puts a backup into a folder, and runs something on the database that it makes. */
async function withCopy<T>(
  whole: WholeServer,
  backup: string,
  run: (db: Database, url: string) => Promise<T>,
): Promise<T> {
  const dataDir = join(whole.folder, `copy-${randomUUID()}`);
  await unpackCluster(dataDir, join(backup, 'base.tar'));
  const server = await startEmbedded({ dataDir, fast: true });
  const db = openDatabase(server.url, 4);
  try {
    return await run(db, server.url);
  } finally {
    await db.destroy();
    await server.stop();
    await rm(dataDir, { recursive: true });
  }
}

/** Lets a worker run on a copy: the calls that Chime gets before the restore is accepted. The first of them after it is waited for. */
async function callsBeforeAcceptance(db: Database, databaseUrl: string, chime: TestChime): Promise<number> {
  await markRestored(db, 'restore');
  await db.deleteFrom('workers').execute();
  const before = (await chime.control.calls()).length;
  const worker = await startWorker({ databaseUrl, chimeService: chime });
  try {
    const lastBeat = async () => (await db.selectFrom('workers').select('seen_at').execute())[0]?.seen_at.getTime();
    const first = await until(lastBeat);
    await until(async () => (await lastBeat()) !== first);
    const calls = (await chime.control.calls()).length - before;
    await acceptRestore(db, consoleUser('root', 'desk-1'), 'Ticket 4711');
    await until(async () => (await chime.control.calls()).length > before);
    return calls;
  } finally {
    await worker.kill();
  }
}

test('a backup under load has every change that was answered before it began, and its copy calls Chime for nothing until it is accepted', {
  timeout: rounds(180_000, 7_200_000),
}, async () => {
  const [whole, chime, elsewhere] = [
    await startWholeServer(),
    await startChime({ people: clickedPeople }),
    await startChime({ people: clickedPeople }),
  ];
  const deps: Deps = { db: whole.db, chime: connectChime(chime) };
  await syncAccounts(deps);
  await syncEverything(deps);
  const { current } = auditKeys();
  const totals = { rounds: 0, changes: 0, missing: 0, calls: 0 };
  const load = keepClicking(deps, chime);
  try {
    for (let round = 0; round < rounds(1, 20); round += 1) {
      await until(async () => load.saved.length > totals.changes + 20);
      const answered = load.saved.slice();
      const backup = join(whole.folder, `backup-${round}`);
      const manifest = await takeBackup(
        { db: whole.db, url: whole.server.url, copyChime: undefined, carillon: '0.0.0' },
        backup,
      );
      await withCopy(whole, backup, async (db, url) => {
        const check = await checkCopy(db, new Map([[current.id, current.key]]), manifest);
        expect(judgeCopy(check, undefined, false)).toMatchObject({ isGood: true });
        const kept = await db.selectFrom('changes').select('id').where('state', '=', 'applied').execute();
        const ids = new Set(kept.map(({ id }) => id));
        totals.missing += answered.filter((id) => !ids.has(id)).length;
        totals.calls += await callsBeforeAcceptance(db, url, elsewhere);
      });
      totals.rounds += 1;
      totals.changes = answered.length;
    }
  } finally {
    await load.stop();
    deps.chime.disconnect();
    await Promise.all([chime.stop(), elsewhere.stop()]);
    await whole.remove();
  }
  if (process.env.CAMPAIGN)
    console.info(
      `${totals.rounds} backups under load, each restored: ${totals.changes} changes answered before, ${totals.missing} missing, ${totals.calls} calls to Chime before acceptance`,
    );
  expect(totals).toMatchObject({ missing: 0, calls: 0 });
});
