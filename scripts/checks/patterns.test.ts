import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../bootstrap.mjs';
import { growthOf, type Pattern, patternsIn } from './patterns.ts';

/** Those that are left out: where each stands, and what keeps it quick. */
const exceptions: { file: string; source: string | undefined; why: string }[] = [
  { file: 'lib/matching/fold.ts', source: undefined, why: 'one class of letters, the keys of the table above it' },
];

function isExcepted({ file, source }: Pattern): boolean {
  return exceptions.some((exception) => exception.file === file && exception.source === source);
}

function ourPatterns(): Pattern[] {
  const files = globSync(['{lib,app,components,local-chime,scripts}/**/*.{ts,tsx,mjs}', 'proxy.ts'], { cwd: root });
  const sources = files.filter((file) => !/\.test\.tsx?$|(?:^|\/)testing\//.test(file));
  return sources.flatMap((file) => patternsIn(file, readFileSync(join(root, file), 'utf8')));
}

function complaints(patterns: Pattern[]): string[] {
  const growth = new Map<string, string | undefined>();
  return patterns
    .filter((pattern) => !isExcepted(pattern))
    .flatMap((pattern) => {
      const key = JSON.stringify([pattern.source, pattern.flags]);
      if (!growth.has(key)) growth.set(key, growthOf(pattern));
      const found = growth.get(key);
      return found ? [`${pattern.file}:${pattern.line} /${pattern.source}/${pattern.flags}: ${found}`] : [];
    });
}

test('the time of no regular expression grows faster than what it is held against', { timeout: 1_800_000 }, () => {
  const patterns = ourPatterns();

  expect(patterns.length).toBeGreaterThan(100);
  expect(complaints(patterns)).toEqual([]);
});

test('every exception names a regular expression that is there', () => {
  const patterns = ourPatterns();
  const unused = exceptions.filter(
    (exception) => !patterns.some(({ file, source }) => file === exception.file && source === exception.source),
  );

  expect(unused).toEqual([]);
});

test.each([
  ['const bad = /(a+)+$/;', 'exponential'],
  ['const bad = text.replace(/\\s+$/, "");', '2nd degree polynomial'],
  ['const bad = /.+@.+\\..+/u.test(text);', '3rd degree polynomial'],
  ['const bad = new RegExp("^(.*),(.*)x$", "i");', '2nd degree polynomial'],
  ['const bad = RegExp(`x*y`);', '2nd degree polynomial'],
  ['const bad = <a title={/-+$/.test(text) ? "" : undefined} />;', '2nd degree polynomial'],
  ['const bad: RegExp = new RegExp(text);', 'not known'],
])('%s is found', (text, growth) => {
  const [complaint, ...others] = complaints(patternsIn('planted.tsx', text));

  expect(complaint).toContain(growth);
  expect(others).toEqual([]);
});
