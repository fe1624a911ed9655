import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from '@babel/parser';
import { isFunction, type Node, traverseFast } from '@babel/types';
import { root } from '../bootstrap.mjs';
import { say } from '../steps.mjs';
import { cyclesOf, importsOf, sourceFiles } from './imports.ts';

/**
 * Prints the numbers of the code: lines of files and functions, files of a folder, cycles of imports between files and between the
 * folders of lib, and how often the types are overruled. Tests, benchmarks and scripts aside.
 */

const limits = { folder: 25, file: 350, function: { lib: 60, components: 80 } };

/** A migration is found by its number, is never edited after it has landed, and has no second reason to change. */
const isMigration = (path: string) => path.startsWith('lib/db/migrations');

type Func = { place: string; lines: number };

const files = sourceFiles();
const lines = new Map<string, number>();
const functions: Func[] = [];
const imports = importsOf(files);
const overruled = { any: 0, as: 0 };

function read(file: string): void {
  const text = readFileSync(join(root, file), 'utf8');
  lines.set(file, text.split('\n').length - 1);
  const jsx = file.endsWith('x') ? (['jsx'] as const) : [];
  traverseFast(parse(text, { sourceType: 'module', plugins: ['typescript', ...jsx] }), (node) => {
    if (isFunction(node)) functions.push({ place: `${file}:${node.loc?.start.line}`, lines: linesOf(node) });
    if (node.type === 'TSAnyKeyword') overruled.any += 1;
    if (node.type === 'TSAsExpression' && !isConst(node.typeAnnotation)) overruled.as += 1;
  });
}

const linesOf = ({ loc }: Node) => (loc ? loc.end.line - loc.start.line + 1 : 0);

const isConst = (type: Node) =>
  type.type === 'TSTypeReference' && type.typeName.type === 'Identifier' && type.typeName.name === 'const';

function percentiles(numbers: number[]): string {
  const sorted = numbers.toSorted((one, other) => one - other);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return `median ${at(0.5)}, p90 ${at(0.9)}, max ${sorted.at(-1) ?? 0}`;
}

function fullFolders(): string[] {
  const all = globSync('{app,components,lib,local-chime,testing,scripts,e2e,bench}/**/*.{ts,tsx,mjs}', { cwd: root });
  return [...Map.groupBy(all, dirname)]
    .filter(([folder, inside]) => inside.length > limits.folder && !isMigration(folder))
    .map(([folder, inside]) => `${folder} ${inside.length}`);
}

const folderInLib = (file: string) => /^lib\/[^/]+(?=\/)/.exec(file)?.[0];

function folderLinks(): { from: string; to: string }[] {
  return imports.flatMap(({ from, to }) => {
    const [one, other] = [folderInLib(from), folderInLib(to)];
    return one && other && one !== other ? [{ from: one, to: other }] : [];
  });
}

function print(what: string, number: string | number, which: string[] = []): void {
  say(`${what}: ${number}`);
  for (const one of which) say(`  ${one}`);
}

for (const file of files) read(file);
const long = functions.filter(({ place, lines: count }) => {
  const limit = place.startsWith('components/') ? limits.function.components : limits.function.lib;
  return count > limit && !isMigration(place);
});
const cycles = { value: cyclesOf(imports.filter(({ isType }) => !isType)), any: cyclesOf(imports) };
const folders = cyclesOf(folderLinks());
print('Files', `${files.length}, lines ${percentiles([...lines.values()])}`);
const tooLong = files.filter((file) => (lines.get(file) ?? 0) > limits.file);
print(`Files of more than ${limits.file} lines`, tooLong.length, tooLong);
print(`Folders of more than ${limits.folder} files`, fullFolders().length, fullFolders());
print('Functions', `${functions.length}, lines ${percentiles(functions.map(({ lines: count }) => count))}`);
print(
  `Functions of more than ${limits.function.lib} lines, in components ${limits.function.components}`,
  long.length,
  long.map(({ place, lines: count }) => `${place} ${count}`),
);
print(
  'Cycles of values',
  cycles.value.length,
  cycles.value.map((cycle) => cycle.join(' ')),
);
print(
  'Cycles with types',
  cycles.any.length,
  cycles.any.map((cycle) => cycle.join(' ')),
);
print(
  'Cycles of folders of lib',
  folders.length,
  folders.map((cycle) => cycle.join(' ')),
);
print('Types overruled', `any ${overruled.any}, as ${overruled.as}`);
