import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { type BaseFile, copyServer } from '../db/base-backup.ts';
import type { Database } from '../db/database.ts';
import { type BackupFile, chimeFile, type Manifest } from './backup.ts';
import { describeFile, finishFolder, forgetUnfinished, openFolder, refusalOfWriting } from './backup-folder.ts';
import { noteSuccess, readStanding } from './store.ts';

/** `db` and `url`: the same database, as a login that owns it. `copyChime`: writes Local Chime's people into a new file. */
export type Source = {
  db: Database;
  /** Undefined where the server is copied by other means: then the manifest is all there is. */
  url: string | undefined;
  copyChime: ((file: string) => Promise<void>) | undefined;
  /** The release of Carillon that takes it. */
  carillon: string;
};

/**
 * Makes a backup in an empty folder while everything goes on. It holds at least all that was committed before it began, and is only a
 * backup once it is whole. Throws `BackupRefused` where the folder does not take it; then nothing is left in it.
 */
export async function takeBackup({ db, url, copyChime, carillon }: Source, folder: string): Promise<Manifest> {
  const place = await openFolder(folder);
  try {
    const standing = await readStanding(db);
    const files = url === undefined ? [] : await copyBase(url, place);
    if (copyChime) {
      // After the database: what a change has become is always in Chime's copy, as it is in Chime.
      await copyChime(join(place, chimeFile));
      files.push(await describeFile(join(place, chimeFile)));
    }
    const manifest: Manifest = { form: 1, carillon, ...standing, files };
    await finishFolder(folder, manifest);
    await noteSuccess(db, folder);
    return manifest;
  } catch (error) {
    await forgetUnfinished(folder);
    throw refusalOfWriting(folder, error);
  }
}

/** Copies the server into files, hashed as they are written. Written at once: the server waits meanwhile. */
async function copyBase(url: string, place: string): Promise<BackupFile[]> {
  const open = (name: BaseFile) => ({
    name,
    handle: openSync(join(place, name), 'wx', 0o600),
    hash: createHash('sha256'),
    bytes: 0,
  });
  const files = { 'base.tar': open('base.tar'), backup_manifest: open('backup_manifest') };
  try {
    await copyServer(url, (name, bytes) => {
      const file = files[name];
      for (let written = 0; written < bytes.length; ) written += writeSync(file.handle, bytes, written);
      file.hash.update(bytes);
      file.bytes += bytes.length;
    });
    for (const { handle } of Object.values(files)) fsyncSync(handle);
  } finally {
    for (const { handle } of Object.values(files)) closeSync(handle);
  }
  return Object.values(files).map(({ name, bytes, hash }) => ({ name, bytes, sha256: hash.digest('hex') }));
}
