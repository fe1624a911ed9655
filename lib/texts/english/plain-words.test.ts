import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../../..');

/** Words that made people stop and read again, or that have a plainer one: what to write instead stands beside them. */
const unwanted: [RegExp, string][] = [
  [/\bwhoever\b/i, 'the person who'],
  [/\bwhom\b/i, 'who'],
  [/\bnobody['’]s\b/i, 'no one has'],
  [/\b(?:every|some|any)body\b/i, 'everyone, someone, anyone'],
  [/\b(?:is|are) to (?:be|get|have)\b/i, 'should, will'],
  [/\b(?:goes|go) on\b/i, 'continues, resumes'],
  [/\bby (?:itself|themselves)\b/i, 'automatically, on its own'],
  [/\bfor good\b/i, 'permanently'],
  [/\b(?:as it is|stays so|already so)\b/i, 'unchanged, if it keeps failing, already on this plan'],
  [/\bmend(?:s|ed)?\b/i, 'fix'],
  [/\b(?:afresh|anew)\b/i, 'again'],
  [/\bgets? back\b/i, 'returns to'],
  [/\blooks? after\b/i, 'manages'],
  [/\bcall(?:s|ed|ing)? off\b/i, 'cancel'],
  [/\bany more\b/i, 'no longer'],
  [/\bwhat (?:has )?bec[ao]me of\b/i, 'what happened to'],
  [/\bthat (?:is|are) to come\b/i, 'in the future'],
  [/\bplans? for a time\b/i, 'temporary plan'],
];

/** Every unwanted word of a text, with what to write instead. */
const unwantedIn = (text: string) =>
  unwanted.flatMap(([word, better]) => {
    const found = word.exec(text);
    return found ? [`“${found[0]}” (${better}): ${text.trim()}`] : [];
  });

/** The texts within a source file: its string literals of more than one word, without the names of options. */
const textsOf = (source: string) =>
  [...withoutComments(source).matchAll(/'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\]|\\.)*)`/g)]
    .map(([, single, double, template]) => (single ?? double ?? template ?? '').replace(/--[a-z-]+/g, ''))
    .filter((text) => text.trim().includes(' '));

const withoutComments = (source: string) => source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');

/** The sentences of a page of documentation, without what it quotes as code. */
const linesOf = (page: string) =>
  page
    .replace(/^```[\s\S]*?^```/gm, '')
    .replace(/`[^`\n]*`/g, '')
    .split('\n');

/** Programs say and log whole sentences of their own: what begins with a capital letter, or has lines. */
const messagesOf = (source: string) => textsOf(source).filter((text) => /^[A-Z]|\n/.test(text));

const read = (path: string) => readFileSync(join(root, path), 'utf8');
const filesIn = (folder: string, ending: string) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => `${folder}/${name}`);

describe('plain words', () => {
  const catalogue = filesIn('lib/texts/english', '.ts').filter((path) => !path.endsWith('.test.ts'));
  const pages = ['README.md', ...filesIn('docs', '.md')];
  const programs = ['app', 'components', 'lib', 'scripts']
    .flatMap((folder) => [...filesIn(folder, '.ts'), ...filesIn(folder, '.tsx'), ...filesIn(folder, '.mjs')])
    .filter((path) => !/\.test\.tsx?$|^lib\/db\/migrations\//.test(path));

  test.each(catalogue)('%s says nothing that has to be read twice', (path) => {
    expect(textsOf(read(path)).flatMap(unwantedIn)).toEqual([]);
  });

  test('every apostrophe on screen is a curly one', () => {
    const straight = catalogue.flatMap((path) => textsOf(read(path)).filter((text) => /\p{L}'\p{L}/u.test(text)));
    expect(straight).toEqual([]);
  });

  test.each(pages)('%s says nothing that has to be read twice', (path) => {
    expect(linesOf(read(path)).flatMap(unwantedIn)).toEqual([]);
  });

  test('no program says it either', () => {
    expect(programs.flatMap((path) => messagesOf(read(path)).flatMap(unwantedIn))).toEqual([]);
  });

  test('no comment says it in words that leave open who is meant', () => {
    const open = unwanted.slice(0, 3);
    const sources = [...programs, ...filesIn('local-chime', '.ts').filter((path) => !path.endsWith('.test.ts'))];
    const said = sources.flatMap((path) =>
      [...read(path).matchAll(/\/\*\*[\s\S]*?\*\/|\/\/.*/g)].map(([comment]) => `${path}: ${comment}`),
    );
    expect(said.length).toBeGreaterThan(1_000);
    expect(said.filter((comment) => open.some(([word]) => word.test(comment)))).toEqual([]);
  });

  test('every text is looked through, and an unwanted word in any of them is found', () => {
    expect(catalogue.length).toBeGreaterThan(15);
    expect(catalogue.flatMap((path) => textsOf(read(path))).length).toBeGreaterThan(1_000);
    const planted = 'const row = { a: \'Saved\', b: `Ana gets back Pro`, c: "It goes on by itself" };';
    expect(textsOf(planted).flatMap(unwantedIn)).toEqual([
      expect.stringContaining('“gets back”'),
      expect.stringContaining('“goes on”'),
      expect.stringContaining('“by itself”'),
    ]);
    expect(linesOf('The batch stops for good.\n`for good` is quoted.').flatMap(unwantedIn)).toHaveLength(1);
  });
});
