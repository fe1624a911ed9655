import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { toRemove, unfinishedName } from './backup.ts';
import { checkFiles, listBackups } from './backup-folder.ts';
import { isBackupDue } from './store.ts';
import { type Source, takeBackup } from './take-backup.ts';

/** Where backups are kept, how many hours lie between them, and how many stay. */
type Schedule = { folder: string; everyHours: number; keep: number };

/** How the folder of a backup taken by itself is called: nothing else is ever removed. */
const ownName = /^\d{4}-\d\d-\d\dT\d{6}Z$/;

/**
 * Takes a backup into a new folder of its own where the last one is old enough, checks what was written, and then removes the oldest of
 * those it took, so that `keep` are left; the newest one is never removed. Answers its folder; undefined where none is due.
 */
export async function backUpIfDue(source: Source, { folder, everyHours, keep }: Schedule): Promise<string | undefined> {
  if (!(await isBackupDue(source.db, everyHours))) return undefined;
  await forgetCutShort(folder);
  const name = `${new Date().toISOString().slice(0, 19).replaceAll(':', '')}Z`;
  const taken = join(folder, name);
  await checkFiles(taken, await takeBackup(source, taken));
  const own = (await listBackups(folder)).filter((backup) => ownName.test(backup.name));
  for (const backup of toRemove(own, keep)) await rm(join(folder, backup.name), { recursive: true });
  return taken;
}

/** What was left of a backup that was taken by itself and then killed. */
async function forgetCutShort(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []); // it is made with the first backup
  for (const name of names.filter((one) => ownName.test(one))) {
    const found = await readdir(join(folder, name));
    if (found.length === 1 && found[0] === unfinishedName) await rm(join(folder, name), { recursive: true });
  }
}
