import { createReadStream, readFileSync, statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import type { People } from '../lib/batches/prepare-batch.ts';
import { readPeopleFile } from '../lib/files/people-file.ts';
import { requireAnswers } from '../lib/files/require-answers.ts';
import { chimeId } from '../lib/id.ts';
import { isLicense, type License } from '../lib/licenses/license.ts';
import { texts } from '../lib/texts/catalogue.ts';

/** How the command ends; told in its usage. */
export const exit = { done: 0, someLeft: 1, usage: 2, waits: 3, noRight: 4, broken: 5, interrupted: 130 } as const;

/** What ends the command with a line for whoever called it. */
export class Ending extends Error {
  readonly code: number;
  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

const options = {
  account: { type: 'string' },
  to: { type: 'string' },
  csv: { type: 'string' },
  users: { type: 'string' },
  filter: { type: 'string' },
  reason: { type: 'string' },
  'dry-run': { type: 'boolean' },
  yes: { type: 'boolean' },
  'skip-complaints': { type: 'boolean' },
  wait: { type: 'boolean' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

export type Values = ReturnType<typeof readArguments>['values'];

type How = { isJson: boolean; isPatient: boolean };
export type SetWish = How & { accountId: string; to: License | null; reason: string; isDry: boolean };
export type StatusWish = How & { batchId: string };

/** What stands on the command line. Names an option that there is not. */
export function readArguments() {
  try {
    return parseArgs({ options, allowPositionals: true });
  } catch (error) {
    throw wrong(error instanceof Error ? error.message : String(error));
  }
}

/** A mistake on the command line. */
export const wrong = (message: string) => new Ending(exit.usage, `${message}\n\n${texts.commandLine.usage}`);

/** What `set` is asked for. */
export function setWishFrom(values: Values): SetWish {
  const { account, to, reason } = values;
  if (account === undefined || !chimeId.safeParse(account).success) throw wrong(texts.commandLine.missing('--account'));
  if (to !== undefined && !isLicense(to)) throw wrong(texts.commandLine.noPlan(to));
  if (to === undefined && values.csv === undefined) throw wrong(texts.commandLine.missing('--to'));
  if ([values.csv, values.users, values.filter].filter((one) => one !== undefined).length !== 1) {
    throw wrong(texts.commandLine.oneSource);
  }
  if (Boolean(values['dry-run']) === Boolean(values.yes)) throw wrong(texts.commandLine.dryOrYes);
  if (values.yes && !reason?.trim()) throw wrong(texts.commandLine.missing('--reason'));
  return { ...howFrom(values), accountId: account, to: to ?? null, reason: reason?.trim() ?? '', isDry: !values.yes };
}

/** What `status` is asked for: the ID of a batch, or its address, which ends with it. */
export function statusWishFrom(batch: string, values: Values): StatusWish {
  const id = z.uuid().safeParse(batch.split('/').at(-1));
  if (!id.success) throw wrong(texts.commandLine.noBatch(batch));
  return { ...howFrom(values), batchId: id.data };
}

const howFrom = ({ json = false, wait = false }: Values): How => ({ isJson: json, isPatient: wait });

/** Whom `set` is to change. Tells every complaint about a file, and ends with them unless they are to be skipped. */
export async function peopleFrom(
  { csv, users, filter, ...values }: Values,
  tell: (line: string) => void,
): Promise<People> {
  if (filter !== undefined) return { kind: 'filter', params: filter };
  if (csv === undefined) return { kind: 'list', text: users ?? '' };
  const path = fromCaller(csv);
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) throw new Ending(exit.usage, texts.commandLine.noFile(csv));
  const file = await readPeopleFile(
    createReadStream(path),
    values.to === undefined ? {} : { columns: { license: null } },
  );
  requireAnswers(file, values.to !== undefined && isLicense(values.to) ? values.to : null);
  for (const complaint of file.complaints) tell(texts.fileComplaint(complaint));
  if (file.complaints.length > 0 && !values['skip-complaints']) {
    throw new Ending(exit.usage, texts.commandLine.complaints(file.complaints.length));
  }
  return { kind: 'file', name: basename(path), rows: file.rows };
}

/** The token of this process: never an argument, which everybody on the machine could read. */
export function tokenHere(): string {
  const { CARILLON_TOKEN = '', CARILLON_TOKEN_FILE } = process.env;
  const token = (CARILLON_TOKEN_FILE ? textOf(CARILLON_TOKEN_FILE) : CARILLON_TOKEN).trim();
  if (token === '') throw new Ending(exit.noRight, texts.commandLine.noToken);
  return token;
}

function textOf(file: string): string {
  try {
    return readFileSync(fromCaller(file), 'utf8');
  } catch {
    throw new Ending(exit.noRight, texts.commandLine.noFile(file));
  }
}

/** npm runs a command in the folder of its package, and says where it was called. */
const fromCaller = (path: string) => resolve(process.env.INIT_CWD ?? '.', path);
