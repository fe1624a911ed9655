import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isRecentEnough, needsInstall, recordInstall } from './bootstrap.mjs';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carillon-bootstrap-'));
  await writeLock({ '': {}, 'node_modules/a': { version: '1.0.0' } });
});

afterEach(() => rm(folder, { recursive: true }));

function writeLock(packages: object) {
  return writeFile(join(folder, 'package-lock.json'), JSON.stringify({ packages }));
}

async function install(packages: object) {
  await mkdir(join(folder, 'node_modules'), { recursive: true });
  await writeFile(join(folder, 'node_modules', '.package-lock.json'), JSON.stringify({ packages }));
}

test.each([
  ['v18.20.4', false],
  ['v20.20.2', false],
  ['v22.17.9', false],
  ['v22.18.0', true],
  ['v23.0.0', true],
  ['v24.21.0', true],
])('Node %s: recent enough is %s', (version, answer) => {
  expect(isRecentEnough(version)).toBe(answer);
});

test('a fresh clone needs an install', () => {
  expect(needsInstall(folder)).toBe(true);
});

test('nothing is installed again while the lockfile stays the same', async () => {
  await install({});
  recordInstall(folder);

  expect(needsInstall(folder)).toBe(false);
});

test('another lockfile needs another install', async () => {
  await install({});
  recordInstall(folder);
  await writeLock({ '': {}, 'node_modules/a': { version: '1.0.1' } });

  expect(needsInstall(folder)).toBe(true);
});

test('what somebody installed with npm ci is taken as it is', async () => {
  await install({ 'node_modules/a': { version: '1.0.0' } });

  expect(needsInstall(folder)).toBe(false);
});

test('packages for other platforms may be missing, others may not', async () => {
  await writeLock({ 'node_modules/a': { version: '1.0.0' }, 'node_modules/b': { version: '1.0.0', optional: true } });
  await install({ 'node_modules/a': { version: '1.0.0' } });
  const withoutTheOtherPlatform = needsInstall(folder);
  await rm(join(folder, 'node_modules'), { recursive: true });
  await install({ 'node_modules/b': { version: '1.0.0' } });

  expect(withoutTheOtherPlatform).toBe(false);
  expect(needsInstall(folder)).toBe(true);
});

test('where the packages of build and tests were left out, a program needs an install only if it is not one of production', async () => {
  await writeLock({ 'node_modules/a': { version: '1.0.0' }, 'node_modules/b': { version: '1.0.0', dev: true } });
  await install({ 'node_modules/a': { version: '1.0.0' } });

  expect(needsInstall(folder, true)).toBe(false);
  expect(needsInstall(folder)).toBe(true);
});
