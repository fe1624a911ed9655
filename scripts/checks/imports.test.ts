import { expect, test } from 'vitest';
import { cyclesOf, importsOf, sourceFiles } from './imports.ts';

test('no file imports itself by way of others, not even for a type', () => {
  const imports = importsOf(sourceFiles());

  expect(imports.length).toBeGreaterThan(1_000);
  expect(cyclesOf(imports)).toEqual([]);
});

test('files that import each other round and round are found, and those that only lead there are not', () => {
  const links = [
    ['a', 'b'],
    ['b', 'c'],
    ['c', 'a'],
    ['d', 'a'],
    ['e', 'f'],
  ].map(([from = '', to = '']) => ({ from, to }));

  expect(cyclesOf(links).map((cycle) => cycle.toSorted())).toEqual([['a', 'b', 'c']]);
});
