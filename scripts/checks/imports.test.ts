import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../bootstrap.mjs';
import { folderOrder, placeOf, upwardImports } from './folder-order.ts';
import { cyclesOf, importsIn, importsOf, sourceFiles } from './imports.ts';

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

test('an import is seen however it is written', () => {
  const text = `
    import { a } from './value.ts';
    import type { B } from './type.ts';
    import { type C, type D } from './types.ts';
    import './effect.ts';
    export { e } from './again.ts';
    export * from './all.ts';
    const later = () => import('../lists/later.ts');
    type F = typeof import('@/lib/texts/english/english.ts');`;

  expect(importsIn('lib/matching/here.ts', text).map(({ to, isType }) => [to, isType])).toEqual([
    ['lib/matching/value.ts', false],
    ['lib/matching/type.ts', true],
    ['lib/matching/types.ts', true],
    ['lib/matching/effect.ts', false],
    ['lib/matching/again.ts', false],
    ['lib/matching/all.ts', false],
    ['lib/lists/later.ts', false],
    ['lib/texts/english/english.ts', true],
  ]);
});

test('a folder of lib imports only those below it, not even a type of one above', () => {
  const files = sourceFiles();

  const places = new Set(files.map(placeOf).filter((place) => place !== undefined));
  expect(folderOrder.toSorted()).toEqual([...places].sort());
  expect(upwardImports(importsOf(files), folderOrder)).toEqual([]);
});

test('an import of a folder above is found, of a value or of a type, and so is a folder that has no place', () => {
  const order = ['csv.ts', 'matching', 'users'];
  const up = [
    { from: 'lib/matching/person-ref.ts', to: 'lib/users/user.ts', isType: false },
    { from: 'lib/csv.ts', to: 'lib/matching/person-ref.ts', isType: true },
    { from: 'lib/users/user.ts', to: 'lib/elsewhere/found.ts', isType: false },
    { from: 'lib/elsewhere/found.ts', to: 'lib/csv.ts', isType: false },
  ];
  const down = [
    { from: 'lib/users/user.ts', to: 'lib/matching/person-ref.ts', isType: false },
    { from: 'lib/users/room/user.ts', to: 'lib/users/user.ts', isType: false },
    { from: 'app/page.tsx', to: 'lib/users/user.ts', isType: false },
  ];

  expect(upwardImports([...up, ...down], order)).toEqual(up);
});

test('ARCHITECTURE.md tells of every folder of lib, in the same order', () => {
  const text = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8');
  const [, section = ''] = text.split('## The folders of lib, bottom first');
  const [rows = ''] = section.split('\n## ');
  const named = [...rows.matchAll(/^\| (`.*?`) \|/gm)].flatMap(([, names = '']) => names.split(', '));

  expect(named).toEqual(folderOrder.map((name) => `\`${name}\``));
});

test('SQL is written only in lib/db, and in files whose name ends with store', () => {
  const found = sourceFiles().filter((file) => writesSql(readFileSync(join(root, file), 'utf8')));

  expect(found.length).toBeGreaterThan(30);
  expect(found.filter((file) => !isStore(file))).toEqual([]);
});

test('SQL is seen as text, as a part of a text and as a call', () => {
  const writing = [
    'const { rows } = await sql<{ id: string }>`select id from users`.execute(db);',
    "const id = sql.ref('id');",
    "const row = await db\n    .selectFrom('users')\n    .select('id');",
    "await db.deleteFrom('lists').execute();",
  ];
  const others = ["import type { Selectable } from 'kysely';", "tell('The query could not be run');"];

  expect(writing.map(writesSql)).toEqual(writing.map(() => true));
  expect(others.map(writesSql)).toEqual(others.map(() => false));
});

const isStore = (file: string) => /^lib\/db\//.test(file) || /(?:^|[/-])store\.ts$/.test(file);

const writesSql = (text: string) =>
  /\bsql(?:<[^`]*?>)?`|\bsql\.\w|\.(?:selectFrom|insertInto|updateTable|deleteFrom|mergeInto)\(/.test(text);
