/**
 * Files of people that are made to be slow: how many milliseconds of the processor the worst 100 kB take
 * each function that reads them, and for how long a
 * request of another operator waits while the web reads 10 MB.
 */
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as othersTurn } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { licenseNamed, meaningOf } from '../lib/files/cells.ts';
import { NamedPeople } from '../lib/files/complaints/contradictions.ts';
import { headerPlaceOf } from '../lib/files/header-line.ts';
import { kindOfHeading } from '../lib/files/headings.ts';
import { readPeopleFile } from '../lib/files/people-file.ts';
import { largestFile } from '../lib/lists/file.ts';
import { readList } from '../lib/lists/list.ts';
import { cleanPerson } from '../lib/matching/clean-person.ts';
import { exampleAccounts } from '../local-chime/people/organisation.ts';
import { provideBuild } from '../scripts/build.ts';
import { type Stack, startStack } from '../testing/stack.ts';
import { timed } from './tools/measure.ts';
import { percentile, printLine } from './tools/report.ts';
import { signIn } from './tools/session.ts';

const goals = { functionMs: 50, waitMs: 100 };
const rounds = 3;
const small = 100 * 1024;

/** Characters, words and lines that a reader may look at more than once. */
const seeds = [
  ...[' ', '\u200b', '"', "'", '@', '<', '>', '[', '(', '.', '-', 'a', 'é', '\u{e0001}', '＠', '='],
  ...[
    'a@',
    '@a',
    'a\u200b',
    '<a',
    '<a@x>',
    'a@x.example ',
    'a@x.example;',
    '[required]',
    'Plan ',
    'mailto:',
    '5f0c2a9e-',
    'a,',
    '1,',
    'a@x,',
    'a\n',
  ],
];

const fill = (seed: string, size: number) => seed.repeat(Math.floor(size / Buffer.byteLength(seed)));

/** Texts of a size that are made of each seed, with something else at one or both of their ends. */
const texts = (size: number): string[] =>
  seeds.flatMap((seed) => [fill(seed, size), `a${fill(seed, size)}a`, `a@x.example${fill(seed, size)}`]);

/** Texts that are cut into cells as long as a function takes, as a file of 100 kB could have them. */
const inCells = (read: (cell: string) => unknown, length: number) => (text: string) => {
  for (let at = 0; at < text.length; at += length) read(text.slice(at, at + length));
};

/** How long a function takes, of the processor; of one that lets others have their turn in between, the longest part. */
const functions: { name: string; run: (text: string) => unknown; isInParts?: boolean }[] = [
  { name: 'what a cell says', run: meaningOf },
  { name: 'a person, in one cell', run: (text) => cleanPerson(text) },
  { name: 'a person, in cells of 2,000', run: inCells((cell) => cleanPerson(cell), 2_000) },
  { name: 'a plan', run: inCells(licenseNamed, 100) },
  { name: 'a heading', run: inCells(kindOfHeading, 200) },
  {
    name: 'the line of headings',
    run: (text) => headerPlaceOf(Array.from({ length: 30 }, () => [text.slice(0, 3_300)])),
  },
  { name: 'a pasted list', run: (text) => readList(text) },
  { name: 'a file', run: (text) => readBytes(Buffer.from(`email,new plan\n${text}`)), isInParts: true },
  {
    name: 'a file of such lines',
    run: (text) => readBytes(Buffer.from(fill(`"${text.slice(0, 20)}"x,\n`, small))),
    isInParts: true,
  },
  { name: 'one address on each line', run: namedAgain },
];

/** People of one address, each with an ID of their own: the most there is to compare. */
function namedAgain(): void {
  const people = new NamedPeople();
  for (let line = 0; line < small / 20; line += 1) {
    const userId = line % 2 === 0 ? `p${line}` : null;
    people.add({ line, ref: { userId, email: 'a@x.example', upn: null }, license: 'Pro', reason: null });
  }
  people.end();
}

async function readBytes(bytes: Uint8Array) {
  async function* all() {
    yield bytes;
  }
  await readPeopleFile(all()).catch(() => null);
}

const encode = (text: string) => new TextEncoder().encode(text);

/** Files of 10 MB: as they are, and each made of what keeps one part of the reading busy. */
const files: { name: string; bytes: () => Uint8Array<ArrayBuffer> }[] = [
  {
    name: 'people',
    bytes: () => encode(`email,new plan\n${fill('ana.silva.1234567@nordwind.example,Pro\n', 3e6)}`),
  },
  { name: 'wide lines', bytes: () => encode(fill(`a@x.example${',x'.repeat(50)}\n`, largestFile)) },
  { name: 'broken quotation marks', bytes: () => encode(`email\n${fill('"a"b\n', largestFile - 10)}`) },
  { name: 'a cell that never ends', bytes: () => encode(`email\n"${fill('x', largestFile - 10)}`) },
  { name: 'delimiters', bytes: () => encode(fill(',', largestFile)) },
  { name: 'empty lines', bytes: () => encode(fill(',,\n', largestFile)) },
  { name: 'characters that are not seen', bytes: () => encode(`email\n${fill('\u200b', largestFile - 10)}`) },
  { name: 'bytes that are no UTF-8', bytes: () => new Uint8Array(largestFile).fill(0xe9) },
];

export async function run(): Promise<void> {
  for (const one of functions) await measureFunction(one);
  await provideBuild();
  const stack = await startStack();
  try {
    await stack.refreshMirror();
    for (const { name, bytes } of files) await measureWait(stack, name, bytes());
  } finally {
    await stack.stop();
  }
}

async function measureFunction({ name, run, isInParts }: (typeof functions)[number]): Promise<void> {
  let worst = { ms: 0, text: '' };
  for (const text of texts(small)) {
    const times: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      times.push(isInParts ? await longestPart(() => run(text)) : await cpuMs(() => run(text)));
    }
    const ms = percentile(times, 50);
    if (ms > worst.ms) worst = { ms, text };
  }
  printLine({
    what: `${name}, worst 100 kB (${JSON.stringify(worst.text.slice(0, 12))}…)`,
    ours: `p50 ${worst.ms.toFixed(1)} ms`,
    reference: '-',
    ratio: '-',
    goal: { text: `<= ${goals.functionMs} ms`, isReached: worst.ms <= goals.functionMs },
  });
}

async function cpuMs(run: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

/** The most milliseconds of the processor between two turns that others get. */
async function longestPart(run: () => unknown): Promise<number> {
  let longest = 0;
  let isRunning = true;
  const others = (async () => {
    while (isRunning) longest = Math.max(longest, await cpuMs(() => othersTurn()));
  })();
  await run();
  isRunning = false;
  await others;
  return longest;
}

/** Asks for something small all the time, before and while the file is read. */
async function measureWait(stack: Stack, name: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  const cookie = await signIn({ url: stack.url, helpdesk: stack.operators.admin });
  const path = join(stack.logs, 'people.csv');
  await writeFile(path, bytes);
  const waits = { alone: [] as number[], meanwhile: [] as number[] };
  for (let round = 0; round < 100; round += 1) waits.alone.push(await ask(stack));
  let isRead = false;
  const { time } = await timed(async () => {
    const reading = upload(stack, cookie, path).finally(() => {
      isRead = true;
    });
    while (!isRead) waits.meanwhile.push(await ask(stack));
    await reading;
  });
  const longest = Math.max(...waits.meanwhile);
  printLine({
    what: `a request while 10 MB are read in ${(time / 1_000).toFixed(1)} s, ${name}`,
    ours: `longest ${longest.toFixed(0)} ms of ${waits.meanwhile.length}`,
    reference: `longest without ${Math.max(...waits.alone).toFixed(0)} ms`,
    ratio: '-',
    goal: { text: `<= ${goals.waitMs} ms`, isReached: longest <= goals.waitMs },
  });
}

async function ask({ url }: Stack): Promise<number> {
  const { time } = await timed(async () => (await fetch(`${url}/api/auth/csrf`)).text());
  return time;
}

async function upload({ url }: Stack, cookie: string, path: string): Promise<void> {
  const address = `${url}/api/accounts/${exampleAccounts.enterprise}/batches/upload?name=people.csv`;
  await promisify(execFile)(process.execPath, [
    fileURLToPath(new URL('tools/send-file.ts', import.meta.url)),
    address,
    cookie,
    path,
  ]);
}

if (import.meta.main) await run();
