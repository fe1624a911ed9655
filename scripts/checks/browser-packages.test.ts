import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../bootstrap.mjs';
import { importsIn, sourceFiles } from './imports.ts';

/** What may weigh on a page: each of these is there already, and anything else would come to browsers without anyone asking for it. */
const ofBrowsers = ['@tanstack/react-query', 'next/link', 'next/navigation', 'react', 'react-dom'];

/** The packages that the files of `components` take with them to a browser, by whatever way, each with the file that names it. */
function packagesReached(): Map<string, string> {
  const known = new Set(sourceFiles());
  const isSeen = new Set([...known].filter((file) => file.startsWith('components/')));
  const packages = new Map<string, string>();
  for (const file of isSeen) {
    for (const { from, to, isType } of importsIn(file, readFileSync(join(root, file), 'utf8'))) {
      if (isType) continue;
      if (known.has(to)) isSeen.add(to);
      else packages.set(relative(dirname(from), to), from);
    }
  }
  return packages;
}

test('pages bring no package to a browser but those that every page has', () => {
  const packages = packagesReached();

  expect(packages.get('react')).toMatch(/^components\//);
  expect([...packages].filter(([name]) => !ofBrowsers.includes(name))).toEqual([]);
});
