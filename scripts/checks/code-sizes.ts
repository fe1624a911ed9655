import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from '@babel/parser';
import { isFunction, type Node, traverseFast } from '@babel/types';
import { root } from '../bootstrap.mjs';

/** How large a folder (in files), a file and a function (in lines) may be; a component has its markup within it. */
export const limits = { folder: 25, file: 350, function: 60, component: 80 };

export type FileSizes = {
  file: string;
  lines: number;
  functions: { line: number; lines: number }[];
  /** How often the types are overruled. */
  overruled: { any: number; as: number };
};

/** A migration is found by its number, is never edited after it has landed, and has no second reason to change. */
const isMigration = (path: string) => path.startsWith('lib/db/migrations');

/** What the text of a file is made of. */
export function sizesOf(file: string, text: string): FileSizes {
  const sizes: FileSizes = {
    file,
    lines: text.split('\n').length - 1,
    functions: [],
    overruled: { any: 0, as: 0 },
  };
  const jsx = file.endsWith('x') ? (['jsx'] as const) : [];
  traverseFast(parse(text, { sourceType: 'module', plugins: ['typescript', ...jsx] }), (node) => {
    if (isFunction(node) && node.loc) sizes.functions.push({ line: node.loc.start.line, lines: linesOf(node.loc) });
    if (node.type === 'TSAnyKeyword') sizes.overruled.any += 1;
    if (node.type === 'TSAsExpression' && !isConst(node.typeAnnotation)) sizes.overruled.as += 1;
  });
  return sizes;
}

const linesOf = ({ start, end }: NonNullable<Node['loc']>) => end.line - start.line + 1;

const isConst = (type: Node) =>
  type.type === 'TSTypeReference' && type.typeName.type === 'Identifier' && type.typeName.name === 'const';

export const readSizes = (files: string[]): FileSizes[] =>
  files.map((file) => sizesOf(file, readFileSync(join(root, file), 'utf8')));

/** Files of more lines than they may have. */
export const tooLongFiles = (sizes: FileSizes[]): string[] =>
  sizes.filter(({ lines }) => lines > limits.file).map(({ file, lines }) => `${file} ${lines}`);

/** Functions of more lines than they may have, by place. */
export const tooLongFunctions = (sizes: FileSizes[]): string[] =>
  sizes
    .filter(({ file }) => !isMigration(file))
    .flatMap(({ file, functions }) => {
      const limit = file.startsWith('components/') ? limits.component : limits.function;
      return functions.filter(({ lines }) => lines > limit).map(({ line, lines }) => `${file}:${line} ${lines}`);
    });

/** Folders with more files than they may have, tests and scripts too. */
export const fullFolders = (files: string[] = allFiles()): string[] =>
  [...Map.groupBy(files, dirname)]
    .filter(([folder, inside]) => inside.length > limits.folder && !isMigration(folder))
    .map(([folder, inside]) => `${folder} ${inside.length}`);

const allFiles = () =>
  globSync('{app,components,lib,local-chime,testing,scripts,e2e,bench,campaign}/**/*.{ts,tsx,mjs}', { cwd: root });
