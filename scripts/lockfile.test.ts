import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { root } from './bootstrap.mjs';

const entryShape = z.object({
  version: z.string().optional(),
  resolved: z.string().optional(),
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
