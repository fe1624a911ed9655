import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { backUpIfDue } from '../../lib/backups/keep-backups.ts';
import { openDatabase } from '../../lib/db/database.ts';
import type { Settings } from '../../lib/env.ts';
import { root } from '../bootstrap.mjs';
import { say } from '../steps.mjs';
import { lineOf, release } from './command.ts';
import { copyChimeOf } from './copy-chime.ts';

/** At most so long between two looks whether one is due, and so long after one that failed. */
const [lookMs, againMs] = [60_000, 600_000];

/** Takes backups of an installation's own server into BACKUP_DIR, where that is set, for as long as this process runs; says which fail. */
export async function keepBackups(url: string, home: string, settings: Settings): Promise<void> {
  const { BACKUP_DIR: folder, BACKUP_EVERY_HOURS: everyHours, BACKUP_KEEP: keep } = settings;
  if (folder === undefined) return;
  const db = openDatabase(url, 2);
  const betweenMs = Math.min(lookMs, everyHours * 3_600_000);
  for (;;) {
    const source = { db, url, copyChime: copyChimeOf(home), carillon: release() };
    const waitMs = await backUpIfDue(source, { folder: resolve(root, folder), everyHours, keep }).then(
      () => betweenMs,
      (error: unknown) => {
        say(`  No backup was made: ${lineOf(error)}`);
        return againMs;
      },
    );
    await pause(waitMs, undefined, { ref: false });
  }
}
