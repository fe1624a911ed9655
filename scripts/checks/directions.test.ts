import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../bootstrap.mjs';

/** Classes of Tailwind that name a side of the screen, where the beginning or the end of a line is meant. */
const sided =
  /(?<![\w-])-?(?:(?:scroll-)?[mp][lr]|left|right|border-[lr]|rounded-[lr])-(?:\[|\d|auto|px|full)|(?<![\w-])(?:text|float)-(?:left|right)(?![\w-])|(?:text-align|float): (?:left|right)/g;

test('a page may run from right to left: nothing on it is placed by a side of the screen', () => {
  const files = globSync('{app,components}/**/*.{ts,tsx,css}', { cwd: root }).filter(
    (file) => !/\.test\.tsx?$/.test(file),
  );
  const found = files.flatMap((file) =>
    [...readFileSync(join(root, file), 'utf8').matchAll(sided)].map(([name]) => `${file}: ${name}`),
  );

  expect(files.length).toBeGreaterThan(100);
  expect(found).toEqual([]);
  expect('px-2 sm:pl-4 -mr-2 text-left'.match(sided)).toEqual(['pl-4', '-mr-2', 'text-left']);
});
