import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { bareName, licenseNamed } from '../../lib/files/cells.ts';
import { longestDays } from '../../lib/licenses/ending.ts';
import type { License } from '../../lib/licenses/license.ts';
import { type Delimiter, delimiters, encodings, longestReason, type ReadingChoices } from '../../lib/lists/file.ts';
import { plainText } from '../../lib/plain-text.ts';
import { newBatch } from '../../lib/texts/batches.ts';
import { commandLine } from '../../lib/texts/terminal/command-line.ts';
import { type Time, timeFrom } from '../../lib/wall-clock.ts';

/** How the command ends; told in its usage. */
export const exit = { done: 0, someLeft: 1, usage: 2, waits: 3, noRight: 4, broken: 5, interrupted: 130 } as const;

/** What ends the command with a line for the person at the terminal. */
export class Ending extends Error {
  readonly code: number;
  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

/** A mistake on the command line, with what to type instead. */
export const wrong = (message: string) => new Ending(exit.usage, message);

const options = {
  account: { type: 'string' },
  to: { type: 'string' },
  until: { type: 'string' },
  start: { type: 'string' },
  csv: { type: 'string' },
  users: { type: 'string' },
  filter: { type: 'string' },
  everybody: { type: 'boolean' },
  'person-column': { type: 'string' },
  'plan-column': { type: 'string' },
  'reason-column': { type: 'string' },
  'header-line': { type: 'string' },
  delimiter: { type: 'string' },
  encoding: { type: 'string' },
  reason: { type: 'string' },
  'dry-run': { type: 'boolean' },
  yes: { type: 'boolean' },
  'skip-complaints': { type: 'boolean' },
  wait: { type: 'boolean' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

type Option = keyof typeof options;

/** How a file is read, where that is not recognised. */
const ofFiles = [
  'person-column',
  'plan-column',
  'reason-column',
  'header-line',
  'delimiter',
  'encoding',
] as const satisfies Option[];

const verbs = ['accounts', 'set', 'status'] as const;
type Verb = (typeof verbs)[number];

const optionsOf: Record<Verb, readonly Option[]> = {
  accounts: ['json'],
  set: [
    ...(['account', 'to', 'until', 'start', 'csv', 'users', 'filter', 'everybody', 'reason'] as const),
    ...ofFiles,
    ...(['dry-run', 'yes', 'skip-complaints', 'wait', 'json'] as const),
  ],
  status: ['wait', 'json'],
};

export type Values = ReturnType<typeof parsed>['values'];

/** What is asked for, and of what; usage: nothing, or how it is used. */
export type Command = { verb: 'usage' } | { verb: Verb; values: Values; batch: string };

/** What stands on the command line. Refuses an option that there is not, that does not belong there, or that stands there twice. */
export function readCommand(): Command {
  const { values, positionals, tokens } = parsed();
  if (values.help || (positionals.length === 0 && tokens.length === 0)) return { verb: 'usage' };
  const [word, batch, ...more] = positionals;
  const verb = verbs.find((one) => one === word);
  if (!verb) throw wrong(word === undefined ? commandLine.whatToDo : commandLine.noVerb(word));
  const extra = verb === 'status' ? more[0] : batch;
  if (extra !== undefined) throw wrong(commandLine.tooMuch(extra));
  if (verb === 'status' && batch === undefined) throw wrong(commandLine.whichBatch);
  const given = tokens.flatMap((token) => (token.kind === 'option' ? [token.name] : []));
  const foreign = given.find((name) => !optionsOf[verb].some((one) => one === name));
  if (foreign !== undefined) throw wrong(commandLine.notHere(foreign, verb));
  const twice = given.find((name, index) => given.indexOf(name) !== index);
  if (twice !== undefined) throw wrong(commandLine.twice(twice));
  return { verb, values, batch: batch ?? '' };
}

function parsed() {
  try {
    return parseArgs({ options, allowPositionals: true, tokens: true });
  } catch (error) {
    // Node's own second sentence is about arguments that begin with a hyphen.
    const [first = ''] = error instanceof Error ? error.message.split(/\.\s/) : [];
    throw wrong(commandLine.badOption(first.replace(/\.$/, '')));
  }
}

type How = { isJson: boolean; isPatient: boolean };

/** A column as it is typed: its heading, or its number from 1. */
export type TypedColumns = { person?: string | undefined; plan?: string | undefined; reason?: string | undefined };

/** How people are chosen; `skipsComplaints`: what cannot be read is left out. */
export type Source =
  | { kind: 'file'; path: string; reading: ReadingChoices; columns: TypedColumns; skipsComplaints: boolean }
  | { kind: 'list'; text: string; skipsComplaints: boolean }
  | { kind: 'filter'; params: string }
  | { kind: 'everybody' };

export type SetWish = How & {
  account: string;
  source: Source;
  /** Null where a file gives a plan for each person. */
  to: License | null;
  until: Time | null;
  startAt: Time | null;
  reason: string;
  isDry: boolean;
};
export type StatusWish = How & { batchId: string };

/** What `set` is asked for. */
export function setWishFrom(values: Values): SetWish {
  if (!values.account?.trim()) throw wrong(commandLine.missingAccount);
  const source = sourceFrom(values);
  const to = values.to === undefined ? null : licenseNamed(values.to);
  if (to === undefined) throw wrong(commandLine.noPlan(values.to ?? ''));
  if (to === null && source.kind !== 'file') throw wrong(commandLine.missingPlan);
  if (to !== null && values['plan-column'] !== undefined) throw wrong(commandLine.twoPlans);
  if (Boolean(values['dry-run']) === Boolean(values.yes)) throw wrong(commandLine.dryOrYes);
  const reason = plainText(values.reason ?? '').trim();
  if (values.yes && reason === '') throw wrong(commandLine.missingReason);
  if (reason.length > longestReason) throw wrong(newBatch.reasonTooLong(longestReason));
  const until = timeOf('--until', values.until);
  const startAt = timeOf('--start', values.start);
  if (until && startAt && until.at <= startAt.at) throw wrong(commandLine.endsBeforeStart);
  return { ...howFrom(values), account: values.account, source, to, until, startAt, reason, isDry: !values.yes };
}

/** What `status` is asked for: the ID of a batch, or its address, which ends with it. */
export function statusWishFrom(batch: string, values: Values): StatusWish {
  const id = z.uuid().safeParse(batch.split('/').at(-1));
  if (!id.success) throw wrong(commandLine.noBatch(batch));
  return { ...howFrom(values), batchId: id.data };
}

const howFrom = ({ json = false, wait = false }: Values): How => ({ isJson: json, isPatient: wait });

function sourceFrom({ csv, users, filter, everybody, ...values }: Values): Source {
  const ofFile = ofFiles.find((option) => values[option] !== undefined);
  if (csv === undefined && ofFile !== undefined) throw wrong(commandLine.onlyWithFile(ofFile));
  const skipsComplaints = values['skip-complaints'] ?? false;
  const sources: Source[] = [
    ...(csv === undefined ? [] : [fileFrom(csv, values)]),
    ...(users === undefined ? [] : [{ kind: 'list' as const, text: users, skipsComplaints }]),
    ...(filter === undefined ? [] : [{ kind: 'filter' as const, params: filter }]),
    ...(everybody ? [{ kind: 'everybody' as const }] : []),
  ];
  const [source, ...more] = sources;
  if (!source || more.length > 0) throw wrong(commandLine.oneSource);
  return source;
}

function fileFrom(path: string, values: Values): Source {
  const { encoding, delimiter, 'header-line': headerLine } = values;
  const reading: ReadingChoices = {
    encoding: encoding === undefined ? undefined : encodings.find((one) => bareName(one) === bareName(encoding)),
    delimiter: delimiter === undefined ? undefined : delimiterNamed(delimiter),
    headerLine: headerLine === undefined ? undefined : Number(headerLine) || null,
  };
  if (encoding !== undefined && !reading.encoding) throw wrong(commandLine.noEncoding(encoding, encodings));
  if (delimiter !== undefined && !reading.delimiter) throw wrong(commandLine.noDelimiter(delimiter));
  if (headerLine !== undefined && !/^\d{1,6}$/.test(headerLine)) throw wrong(commandLine.noLine(headerLine));
  const columns = {
    person: values['person-column'],
    plan: values['plan-column'],
    reason: values['reason-column'],
  };
  return { kind: 'file', path, reading, columns, skipsComplaints: values['skip-complaints'] ?? false };
}

const delimitersByName: Record<string, Delimiter> = { comma: ',', semicolon: ';', tab: '\t', pipe: '|', '\\t': '\t' };

const delimiterNamed = (text: string): Delimiter | undefined =>
  delimiters.find((one) => one === text) ?? delimitersByName[text.trim().toLowerCase()];

/** A time that is to come, within a year. */
function timeOf(option: '--until' | '--start', text: string | undefined): Time | null {
  if (text === undefined) return null;
  const time = timeFrom(text, Intl.DateTimeFormat().resolvedOptions().timeZone);
  if (typeof time === 'string') throw wrong(commandLine.badTime(option, text, time));
  if (time.at.getTime() <= Date.now()) throw wrong(commandLine.badTime(option, text, 'past'));
  if (time.at.getTime() > Date.now() + longestDays * 86_400_000) {
    throw wrong(commandLine.badTime(option, text, 'far'));
  }
  return time;
}

/** The token of this process: never an argument, which everybody on the machine could read. */
export function tokenHere(): string {
  const { CARILLON_TOKEN = '', CARILLON_TOKEN_FILE } = process.env;
  const token = (CARILLON_TOKEN_FILE ? textOf(CARILLON_TOKEN_FILE) : CARILLON_TOKEN).trim();
  if (token === '') throw new Ending(exit.noRight, commandLine.noToken);
  return token;
}

function textOf(file: string): string {
  try {
    return readFileSync(fromCaller(file), 'utf8');
  } catch {
    throw new Ending(exit.noRight, commandLine.noFile(file));
  }
}

/** npm runs a command in the folder of its package, and says where it was called. */
export const fromCaller = (path: string) => resolve(process.env.INIT_CWD ?? '.', path);
