import type { KeyObject } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BackupRefused, type Manifest } from '../../lib/backups/backup.ts';
import { checkCopy, type Place } from '../../lib/backups/check-copy.ts';
import { type CopyVerdict, judgeCopy } from '../../lib/backups/copy-verdict.ts';
import { lastPlace } from '../../lib/backups/store.ts';
import { type Database, openDatabase } from '../../lib/db/database.ts';
import { startEmbedded } from '../processes/embedded.ts';
import { unpackCluster } from '../processes/unpack-cluster.ts';
import { runningDatabase } from './database-here.ts';

/** What a copy is compared with. `checkpoints`: undefined where the person has said that there are none. */
export type Against = { keys: ReadonlyMap<string, KeyObject>; checkpoints: string | undefined; home: string };

/** Starts a backup's copy on a free port in a folder of its own, checks it, and removes it again. */
export async function drill(folder: string, manifest: Manifest, against: Against): Promise<CopyVerdict> {
  const live = await liveEnd(against.home);
  const copy = await mkdtemp(join(tmpdir(), 'carillon-drill-'));
  await chmod(copy, 0o711); // PostgreSQL's own user passes through
  try {
    await unpackCluster(copy, join(folder, 'base.tar'));
    const server = await startEmbedded({ dataDir: copy, fast: true });
    const db = openDatabase(server.url, 2);
    try {
      return await judge(db, manifest, against, live);
    } finally {
      await db.destroy();
      await server.stop();
    }
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}

/** Checks a database that was made of a backup. */
export async function judge(
  db: Database,
  manifest: Manifest,
  { keys, checkpoints }: Against,
  live?: Place,
): Promise<CopyVerdict> {
  const check = await checkCopy(db, keys, manifest, checkpoints ? createReadStream(checkpoints) : undefined);
  return judgeCopy(check, live, checkpoints !== undefined);
}

/** The file to compare with. Throws `BackupRefused` where it is not there and nobody said that this is known. */
export function checkpointsFor(file: string, withoutCheckpoints: boolean): string | undefined {
  if (withoutCheckpoints) return undefined;
  if (existsSync(file)) return file;
  throw new BackupRefused(
    `There are no checkpoints in ${file}, which show what the copy lacks: name the file with --checkpoints FILE, or say --without-checkpoints`,
  );
}

/** How far the audit of the installation that runs here has come. */
async function liveEnd(home: string): Promise<Place | undefined> {
  const running = runningDatabase(home);
  if (!running) return undefined;
  const db = openDatabase(running.url, 1);
  try {
    return await lastPlace(db);
  } catch {
    return undefined; // it is not there any more, which is what backups are for
  } finally {
    await db.destroy();
  }
}
