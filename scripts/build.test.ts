import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { hashSources } from '../lib/web/source-hash.ts';
import { isBuildStale, recordBuild } from './build.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carillon-build-'));
  await mkdir(join(folder, 'app', 'users'), { recursive: true });
  await mkdir(join(folder, '.next'));
  await writeFile(join(folder, 'app', 'users', 'page.tsx'), 'one');
  await writeFile(join(folder, 'package-lock.json'), '{}');
});

afterEach(() => rm(folder, { recursive: true }));

async function build() {
  await writeFile(join(folder, '.next', 'BUILD_ID'), 'x');
  recordBuild(folder, hashSources(folder));
}

test('without a build, or with one nobody recorded, the build is stale', async () => {
  const withoutAny = isBuildStale(folder);
  await writeFile(join(folder, '.next', 'BUILD_ID'), 'x');

  expect([withoutAny, isBuildStale(folder)]).toEqual([true, true]);
});

test('a build stays fresh until something it is made from changes', async () => {
  await build();
  const before = isBuildStale(folder);
  await writeFile(join(folder, 'app', 'users', 'page.tsx'), 'two');

  expect([before, isBuildStale(folder)]).toEqual([false, true]);
});

test('a new file makes it stale, a new lockfile too', async () => {
  await build();
  await writeFile(join(folder, 'app', 'page.tsx'), '');
  const afterFile = isBuildStale(folder);
  await build();
  await writeFile(join(folder, 'package-lock.json'), '{ }');

  expect([afterFile, isBuildStale(folder)]).toEqual([true, true]);
});

test('tests are no part of it', async () => {
  await build();
  await writeFile(join(folder, 'app', 'users', 'page.test.ts'), '');

  expect(isBuildStale(folder)).toBe(false);
});

test('an edit while the build runs leaves it stale', async () => {
  const hash = hashSources(folder);
  await writeFile(join(folder, 'app', 'users', 'page.tsx'), 'edited meanwhile');
  await writeFile(join(folder, '.next', 'BUILD_ID'), 'x');
  recordBuild(folder, hash);

  expect(isBuildStale(folder)).toBe(true);
});

test('the build of equal sources has the same ID in another folder, and that of others another', async () => {
  const other = await mkdtemp(join(tmpdir(), 'carillon-build-'));
  await cp(folder, other, { recursive: true });
  const same = hashSources(other);
  await writeFile(join(other, 'app', 'users', 'page.tsx'), 'two');

  expect([same, hashSources(other)]).toEqual([hashSources(folder), expect.not.stringMatching(hashSources(folder))]);
  await rm(other, { recursive: true });
});
