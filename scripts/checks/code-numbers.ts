import { say } from '../steps.mjs';
import { fullFolders, limits, readSizes, tooLongFiles, tooLongFunctions } from './code-sizes.ts';
import { cyclesOf, importsOf, sourceFiles } from './imports.ts';

/**
 * Prints the numbers of the code: lines of files and functions, files of a folder, cycles of imports between files and between the
 * folders of lib, and how often the types are overruled. Tests, benchmarks and scripts aside.
 */

const files = sourceFiles();
const sizes = readSizes(files);
const imports = importsOf(files);

function percentiles(numbers: number[]): string {
  const sorted = numbers.toSorted((one, other) => one - other);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return `median ${at(0.5)}, p90 ${at(0.9)}, max ${sorted.at(-1) ?? 0}`;
}

const folderInLib = (file: string) => /^lib\/[^/]+(?=\/)/.exec(file)?.[0];

function folderLinks(): { from: string; to: string }[] {
  return imports.flatMap(({ from, to }) => {
    const [one, other] = [folderInLib(from), folderInLib(to)];
    return one && other && one !== other ? [{ from: one, to: other }] : [];
  });
}

function printAll(what: string, which: string[]): void {
  say(`${what}: ${which.length}`);
  for (const one of which) say(`  ${one}`);
}

const cycles = (links: { from: string; to: string }[]) => cyclesOf(links).map((cycle) => cycle.join(' '));
const functions = sizes.flatMap((file) => file.functions);
const total = (count: 'any' | 'as') => sizes.reduce((sum, { overruled }) => sum + overruled[count], 0);

say(`Files: ${files.length}, lines ${percentiles(sizes.map(({ lines }) => lines))}`);
printAll(`Files of more than ${limits.file} lines`, tooLongFiles(sizes));
printAll(`Folders of more than ${limits.folder} files`, fullFolders());
say(`Functions: ${functions.length}, lines ${percentiles(functions.map(({ lines }) => lines))}`);
printAll(`Functions of more than ${limits.function} lines, in components ${limits.component}`, tooLongFunctions(sizes));
printAll('Cycles of values', cycles(imports.filter(({ isType }) => !isType)));
printAll('Cycles with types', cycles(imports));
printAll('Cycles of folders of lib', cycles(folderLinks()));
say(`Types overruled: any ${total('any')}, as ${total('as')}`);
