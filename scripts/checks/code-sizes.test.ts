import { expect, test } from 'vitest';
import { fullFolders, readSizes, sizesOf, tooLongFiles, tooLongFunctions } from './code-sizes.ts';
import { sourceFiles } from './imports.ts';

test('no file, function or folder is larger than it may be, and no type is any', () => {
  const sizes = readSizes(sourceFiles());

  expect(sizes.length).toBeGreaterThan(500);
  expect(tooLongFiles(sizes)).toEqual([]);
  expect(tooLongFunctions(sizes)).toEqual([]);
  expect(fullFolders()).toEqual([]);
  expect(sizes.filter(({ overruled }) => overruled.any > 0)).toEqual([]);
});

const lines = (count: number) => '  call();\n'.repeat(count);

test('a function, a file and a folder that are too large are found, and those at the limit are not', () => {
  const long = sizesOf('lib/matching/long.ts', `const one = 1;\nfunction tooLong() {\n${lines(59)}}\n`);
  const atLimit = sizesOf('lib/matching/limit.ts', `function justRight() {\n${lines(58)}}\n`);
  const component = sizesOf('components/people/card.tsx', `const Card = () => {\n${lines(78)}};\n`);
  const file = sizesOf('lib/matching/people.ts', lines(351));

  expect(tooLongFunctions([long, atLimit, component, file])).toEqual(['lib/matching/long.ts:2 61']);
  expect(tooLongFiles([long, file])).toEqual(['lib/matching/people.ts 351']);
  const files = (folder: string, count: number) => Array.from({ length: count }, (_, index) => `${folder}/${index}.ts`);
  expect(fullFolders([...files('lib/full', 26), ...files('lib/room', 25)])).toEqual(['lib/full 26']);
});

test('a type that is overruled is counted, and a constant is not', () => {
  const text = 'const a = b as any;\nconst c = [1] as const;\nlet d: Record<string, any>;\n';

  expect(sizesOf('lib/a.ts', text).overruled).toEqual({ any: 2, as: 1 });
});
