import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../bootstrap.mjs';

/** What has a component of its own, how it is known, and where alone it is written out. */
const kit = [
  { part: 'PageHeading', mark: /<h1\b|(?<![\w-])text-title(?![\w-])/, homes: ['ui/heading.tsx'] },
  { part: 'SectionHeading', mark: /<h2\b[^>]*text-heading/, homes: ['ui/heading.tsx'] },
  { part: 'Card', mark: /rounded-xl border border-line bg-sheet/, homes: ['ui/card.tsx'] },
  { part: 'Nothing', mark: /px-6 py-14 text-center/, homes: ['ui/card.tsx'] },
  { part: 'DataTable', mark: /<table\b|border-separate/, homes: ['ui/data-table.tsx', 'users/table/people-table.tsx'] },
  { part: 'Pager', mark: /flex justify-end gap-2 pt-3\.5/, homes: ['ui/pager.tsx'] },
  { part: 'Field', mark: /<label\b[^>]*\b(?:block|grid min-w-0) [^>]*text-(?:small|quiet)/, homes: ['ui/field.tsx'] },
  { part: 'fieldLook', mark: /min-h-8\.5 w-full[^'"`]*border-line-strong/, homes: ['ui/field.tsx'] },
];

/** A list of so many classes that stands in more than two places is a part of the kit that has no name yet. */
const manyClasses = 5;

type Source = { file: string; text: string };

const sources = (): Source[] =>
  globSync('{app,components}/**/*.{ts,tsx}', { cwd: root })
    .filter((file) => !/\.test\.tsx?$/.test(file))
    .map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }));

const writtenOut = (among: Source[]) =>
  kit.flatMap(({ part, mark, homes }) =>
    among
      .filter(({ file, text }) => mark.test(text) && !homes.some((home) => file === `components/${home}`))
      .map(({ file }) => `${file}: ${part}`),
  );

const classLists = /(?:className=|classes: |cell = |row: |cell: |look = )["'`]([^"'`{}$\n]+)["'`]/g;

function repeatedClasses(among: Source[]): string[] {
  const lists = among.flatMap(({ text }) => [...text.matchAll(classLists)].map(([, list = '']) => list));
  return [...Map.groupBy(lists, (list) => list)]
    .filter(([list, places]) => list.split(' ').length >= manyClasses && places.length > 2)
    .map(([list]) => list);
}

test('what the kit has a component for is written out nowhere else', () => {
  const all = sources();

  expect(all.length).toBeGreaterThan(250);
  expect(writtenOut(all)).toEqual([]);
  for (const { homes, mark, part } of kit) {
    const found = all.filter(({ file, text }) => homes.some((home) => file.endsWith(home)) && mark.test(text));
    expect({ part, found: found.length }).toEqual({ part, found: homes.length });
  }
});

test('no list of many classes stands in more than two places', () => {
  const all = sources();

  expect(all.flatMap(({ text }) => [...text.matchAll(classLists)]).length).toBeGreaterThan(500);
  expect(repeatedClasses(all)).toEqual([]);
});

test('a heading, a card and a list of classes that come back are found', () => {
  const text = `
    <h1 className="text-title font-semibold">People</h1>
    <div className="mt-4 rounded-xl border border-line bg-sheet p-4" />
    <p className="mt-1 flex gap-2 text-small text-quiet" />`;
  const again = ['app/a.tsx', 'app/b.tsx', 'app/c.tsx'].map((file) => ({ file, text }));

  expect(writtenOut(again.slice(0, 1))).toEqual(['app/a.tsx: PageHeading', 'app/a.tsx: Card']);
  expect(repeatedClasses(again)).toEqual([
    'mt-4 rounded-xl border border-line bg-sheet p-4',
    'mt-1 flex gap-2 text-small text-quiet',
  ]);
  expect(repeatedClasses(again.slice(0, 2))).toEqual([]);
});
