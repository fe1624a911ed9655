import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startWholeServer, type WholeServer } from '../../testing/whole-server.ts';
import { recordEntry } from '../audit/store.ts';
import { chimeFile, type Manifest, manifestName, unfinishedName } from './backup.ts';
import { checkFiles, readManifest } from './backup-folder.ts';
import { backUpIfDue } from './keep-backups.ts';
import { lastBackup } from './store.ts';
import { takeBackup } from './take-backup.ts';

let whole: WholeServer;
beforeAll(async () => {
  whole = await startWholeServer();
});
afterAll(() => whole.remove());

const newFolder = () => join(whole.folder, `backup-${randomUUID()}`);

function back(folder: string, copyChime?: (file: string) => Promise<void>): Promise<Manifest> {
  return takeBackup({ db: whole.db, url: whole.server.url, copyChime, carillon: '0.0.0' }, folder);
}

const sign = () => recordEntry(whole.db, { action: 'sign-in', operator: null, requestId: randomUUID() });

test('a backup names every file with its size and its hash, and the end of the audit when it began', async () => {
  await sign();
  const folder = newFolder();

  const manifest = await back(folder, (file) => writeFile(file, 'people'));

  expect(manifest.audit.sequence).toBe('1');
  expect(manifest.files.map(({ name }) => name)).toEqual(['base.tar', 'backup_manifest', chimeFile]);
  expect(await readManifest(folder)).toEqual(manifest);
  await expect(checkFiles(folder, manifest)).resolves.toBeUndefined();
  expect((await readdir(folder)).sort()).toEqual(['backup_manifest', 'base.tar', manifestName, chimeFile].sort());
  expect((await lastBackup(whole.db))?.folder).toBe(folder);
});

test('a file of a backup that is cut short, edited or missing is named', async () => {
  const folder = newFolder();
  const manifest = await back(folder);
  const list = join(folder, 'backup_manifest');
  const text = await readFile(list, 'utf8');

  await writeFile(list, text.replace('PostgreSQL', 'postgresql'));
  await expect(checkFiles(folder, manifest)).rejects.toThrow('backup_manifest in');
  await truncate(join(folder, 'base.tar'), 1_000);
  await expect(checkFiles(folder, manifest)).rejects.toThrow(/^base.tar in .* is cut short: 1000 bytes of \d+$/);
});

test('a backup that fails leaves an empty folder, and one that was killed is no backup', async () => {
  const folder = newFolder();

  await expect(back(folder, () => Promise.reject(new Error('the copy of Local Chime broke off')))).rejects.toThrow(
    'broke off',
  );
  expect(await readdir(folder)).toEqual([]);

  await mkdir(join(folder, unfinishedName));
  await expect(readManifest(folder)).rejects.toThrow(`The backup in ${folder} was cut short: take another one`);
  await expect(back(folder)).rejects.toThrow(`${folder} holds a backup that was cut short, or is being made`);
});

test('a server that ends the copy in the middle leaves no backup', async () => {
  const folder = newFolder();
  let isOver = false;
  const cut = back(folder).finally(() => {
    isOver = true;
  });
  const cutting = async () => {
    while (!isOver) await sql`select pg_terminate_backend(pid) from pg_stat_replication`.execute(whole.db);
  };

  await Promise.all([expect(cut).rejects.toThrow(/terminat|connection error/), cutting()]);
  expect(await readdir(folder)).toEqual([]);
});

test('a folder that is in use, or a file, is refused in one line', async () => {
  const folder = newFolder();
  await mkdir(folder);
  await writeFile(join(folder, 'notes.txt'), 'mine');

  await expect(back(folder)).rejects.toThrow(`${folder} is not empty: a backup needs a folder of its own`);
  await expect(back(join(folder, 'notes.txt'))).rejects.toThrow(`${join(folder, 'notes.txt')} is a file`);
  await expect(back(join(folder, 'notes.txt', 'below'))).rejects.toThrow('cannot be written');
  expect(await readFile(join(folder, 'notes.txt'), 'utf8')).toBe('mine');
});

test('a database of the organisation’s own gets a manifest alone, which cannot be restored from', async () => {
  const folder = newFolder();

  const manifest = await takeBackup({ db: whole.db, url: undefined, copyChime: undefined, carillon: '0.0.0' }, folder);

  expect(manifest.files).toEqual([]);
  expect(await readdir(folder)).toEqual([manifestName]);
});

test('a disk that is full is said in one line, and nothing is left on it', async ({ skip }) => {
  const folder = newFolder();
  await mkdir(folder);
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', folder]).status === 0;
  skip(!mounted, 'only root may mount a small disk');
  try {
    await expect(back(folder)).rejects.toThrow(`The disk of ${folder} is full`);
    expect(existsSync(join(folder, unfinishedName))).toBe(false);
  } finally {
    spawnSync('umount', [folder]);
  }
});

test('backups by themselves come when the last is old enough, and no more stay than were asked for', async () => {
  const { db, server } = whole;
  const source = { db, url: server.url, copyChime: undefined, carillon: '0.0.0' };
  const folder = newFolder();
  const mine = join(folder, 'mine');
  await mkdir(mine, { recursive: true });
  const cutShort = join(folder, '2026-01-01T000000Z', unfinishedName);
  await mkdir(cutShort, { recursive: true });
  for (const name of ['2026-01-02T000000Z', '2026-01-03T000000Z']) {
    await takeBackup({ ...source, url: undefined }, join(folder, name));
  }
  const schedule = { folder, everyHours: 24, keep: 2 };
  expect(await backUpIfDue(source, schedule)).toBeUndefined();
  await sql`update backups set succeeded_at = clock_timestamp() - interval '25 hours'`.execute(db);

  const taken = await backUpIfDue(source, schedule);

  expect((await readdir(folder)).sort()).toEqual(['2026-01-03T000000Z', basename(taken ?? ''), 'mine']);
  expect(await backUpIfDue(source, schedule)).toBeUndefined();
});
