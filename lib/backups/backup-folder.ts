import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm, rmdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import {
  type BackupFile,
  BackupRefused,
  type Manifest,
  manifestName,
  manifestShape,
  unfinishedName,
} from './backup.ts';

/** What the system says where there is no room left. */
const fullCodes = ['ENOSPC', 'EDQUOT'];
const closedCodes = ['EACCES', 'EPERM', 'EROFS', 'ENOTDIR'];

const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : '');

/** An error of writing into a folder, as one line where its cause is known. */
export function refusalOfWriting(folder: string, error: unknown): unknown {
  if (fullCodes.includes(codeOf(error))) {
    return new BackupRefused(`The disk of ${folder} is full: no backup was made, and nothing is left of it`);
  }
  if (closedCodes.includes(codeOf(error))) return new BackupRefused(`${folder} cannot be written`);
  return error;
}

/**
 * A folder for one backup: made where there is none, else empty. The answer is the folder in it where the backup is made. Throws
 * `BackupRefused`.
 */
export async function openFolder(folder: string): Promise<string> {
  const place = join(folder, unfinishedName);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const found = (await readdir(folder)).filter((name) => name !== 'lost+found');
    if (found.includes(unfinishedName) && found.length === 1) {
      throw new BackupRefused(
        `${folder} holds a backup that was cut short, or is being made: remove it, or take another`,
      );
    }
    if (found.length > 0) throw new BackupRefused(`${folder} is not empty: a backup needs a folder of its own`);
    await mkdir(place, { mode: 0o700 });
  } catch (error) {
    throw codeOf(error) === 'EEXIST' ? new BackupRefused(`${folder} is a file`) : refusalOfWriting(folder, error);
  }
  return place;
}

/** Puts what is in the unfinished folder where it belongs, the manifest last: from then on it is a backup. */
export async function finishFolder(folder: string, manifest: Manifest): Promise<void> {
  const place = join(folder, unfinishedName);
  const file = await open(join(place, manifestName), 'w', 0o600);
  try {
    await file.writeFile(`${JSON.stringify(manifest, undefined, 2)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  for (const { name } of manifest.files) await rename(join(place, name), join(folder, name));
  await rename(join(place, manifestName), join(folder, manifestName));
  await rmdir(place);
}

/** Removes what is left of a backup that failed. */
export async function forgetUnfinished(folder: string): Promise<void> {
  await rm(join(folder, unfinishedName), { recursive: true, force: true });
}

/** What a folder says it holds. Throws `BackupRefused` where it is no whole backup. */
export async function readManifest(folder: string): Promise<Manifest> {
  const found = await readdir(folder).catch(() => {
    throw new BackupRefused(`${folder} is no folder that can be read`);
  });
  if (!found.includes(manifestName)) {
    const cutShort = found.includes(unfinishedName);
    throw new BackupRefused(
      cutShort
        ? `The backup in ${folder} was cut short: take another one`
        : `There is no backup in ${folder}: it has no ${manifestName}`,
    );
  }
  const text = await readFile(join(folder, manifestName), 'utf8');
  const manifest = manifestShape.safeParse(jsonFrom(text));
  if (!manifest.success) throw new BackupRefused(`${manifestName} in ${folder} is not what a backup writes`);
  return manifest.data;
}

/** Checks that every file is the one that was written. Throws `BackupRefused`, naming the first that is not. */
export async function checkFiles(folder: string, { files }: Manifest): Promise<void> {
  for (const { name, bytes, sha256 } of files) {
    const path = join(folder, name);
    const size = (await stat(path).catch(() => undefined))?.size;
    if (size === undefined) throw new BackupRefused(`${name} is missing in ${folder}`);
    if (size !== bytes) throw new BackupRefused(`${name} in ${folder} is cut short: ${size} bytes of ${bytes}`);
    if ((await hashOf(path)) !== sha256)
      throw new BackupRefused(`${name} in ${folder} is not the file that was written`);
  }
}

/** A file as a manifest names it. */
export async function describeFile(path: string): Promise<BackupFile> {
  return { name: basename(path), bytes: (await stat(path)).size, sha256: await hashOf(path) };
}

/** A whole backup in a folder of this name beside others. */
type KeptBackup = { name: string; takenAt: string };

/** The whole backups in the folders of a folder; what is none is left out. */
export async function listBackups(parent: string): Promise<KeptBackup[]> {
  const entries = await readdir(parent, { withFileTypes: true });
  const found: KeptBackup[] = [];
  for (const { name } of entries.filter((entry) => entry.isDirectory())) {
    const manifest = await readManifest(join(parent, name)).catch(() => undefined);
    if (manifest) found.push({ name, takenAt: manifest.takenAt });
  }
  return found;
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk);
  return hash.digest('hex');
}

function jsonFrom(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
