import { createReadStream, statSync } from 'node:fs';
import { basename } from 'node:path';
import { bareName } from '../../lib/files/cells.ts';
import { unreadLines } from '../../lib/files/complaints/unread-lines.ts';
import { readPeopleFile } from '../../lib/files/people-file.ts';
import type { License } from '../../lib/licenses/license.ts';
import {
  type ChosenColumns,
  type FileColumn,
  largestFile,
  type PeopleFile,
  personRoles,
} from '../../lib/lists/file.ts';
import { readList } from '../../lib/lists/list.ts';
import type { People } from '../../lib/previews/prepare-batch.ts';
import { fileComplaint } from '../../lib/texts/files.ts';
import { commandLine } from '../../lib/texts/terminal/command-line.ts';
import { fromCaller, type SetWish, type Source, type TypedColumns, wrong } from './license-arguments.ts';

type Tell = (line: string) => void;
type FileSource = Extract<Source, { kind: 'file' }>;

/** Reads who is to be changed, and tells how that was understood. Refuses what cannot be read, unless that is to be left out. */
export async function chooseFrom({ source, to }: Pick<SetWish, 'source' | 'to'>, tell: Tell): Promise<People> {
  switch (source.kind) {
    case 'file':
      return fromFile(source, to, tell);
    case 'list':
      return fromList(source, tell);
    case 'filter':
    case 'everybody':
      return source;
  }
}

function fromList({ text, skipsComplaints }: Extract<Source, { kind: 'list' }>, tell: Tell): People {
  const { entries, unread } = readList(text, 'commas');
  if (entries.length === 0) throw wrong(commandLine.nobodyInList);
  for (const part of unread) tell(commandLine.namesNobody(part.text));
  if (unread.length > 0 && !skipsComplaints) throw wrong(commandLine.partsOfList(unread.length));
  return { kind: 'list', text, form: 'commas' };
}

async function fromFile(source: FileSource, to: License | null, tell: Tell): Promise<People> {
  const name = source.path === '-' ? commandLine.standardInput : basename(source.path);
  const bytes = await bytesOf(source.path);
  const file = await readAsTyped(bytes, source, to);
  for (const line of commandLine.reading(name, file, to)) tell(line);
  const [open] = file.questions;
  if (open) throw wrong(commandLine.question(open, file.table));
  if (to === null && file.columns.license === undefined) throw wrong(commandLine.whichPlan(file.table));
  for (const complaint of file.complaints) tell(fileComplaint(complaint));
  const unread = unreadLines(file.complaints);
  if (unread.length > 0 && !source.skipsComplaints) throw wrong(commandLine.complaints(unread.length));
  return { kind: 'file', name, rows: file.rows, unread };
}

/** A column that is typed by its heading is known only once the headings are: such a file is read a second time. */
async function readAsTyped(bytes: Buffer, { reading, columns }: FileSource, to: License | null): Promise<PeopleFile> {
  const noPlans: ChosenColumns = to === null ? {} : { license: null };
  const file = await readPeopleFile(only(bytes), { ...reading, columns: noPlans });
  if (Object.values(columns).every((typed) => typed === undefined)) return file;
  return readPeopleFile(only(bytes), { ...reading, columns: { ...noPlans, ...chosenFrom(columns, file.table) } });
}

function chosenFrom({ person, plan, reason }: TypedColumns, table: FileColumn[]): ChosenColumns {
  const chosen: ChosenColumns = {};
  if (person !== undefined) {
    const index = placeOf('--person-column', person, table);
    chosen[personRoleOf(table[index])] = index;
  }
  if (plan !== undefined) chosen.license = placeOf('--plan-column', plan, table);
  if (reason !== undefined) chosen.reason = placeOf('--reason-column', reason, table);
  const places = Object.values(chosen);
  if (new Set(places).size < places.length) throw wrong(commandLine.oneColumnTwice);
  return chosen;
}

function placeOf(option: string, typed: string, table: FileColumn[]): number {
  const named = table.flatMap(({ heading }, index) => (heading !== '' && heading === typed.trim() ? [index] : []));
  const alike = table.flatMap(({ heading }, index) => (bareName(heading) === bareName(typed) ? [index] : []));
  const [place, ...more] = named.length > 0 ? named : /^\d{1,4}$/.test(typed.trim()) ? [Number(typed) - 1] : alike;
  if (place === undefined || !table[place]) throw wrong(commandLine.noColumn(option, typed, table));
  if (more.length > 0) throw wrong(commandLine.severalColumns(option, typed, [place, ...more]));
  return place;
}

/** What a column holds that says who each line is about: what it was recognised as, else what its first cells look like. */
function personRoleOf(column: FileColumn | undefined): (typeof personRoles)[number] {
  const known = personRoles.find((role) => role === column?.role);
  return known ?? (column?.sample.some((cell) => cell.includes('@')) ? 'email' : 'userId');
}

async function bytesOf(path: string): Promise<Buffer> {
  const file = fromCaller(path);
  if (path !== '-' && !statSync(file, { throwIfNoEntry: false })?.isFile()) throw wrong(commandLine.noFile(path));
  const pieces: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const piece of path === '-' ? process.stdin : createReadStream(file)) {
      pieces.push(piece);
      size += piece.length;
      if (size > largestFile) break; // enough to be refused for its size
    }
  } catch (error) {
    throw wrong(commandLine.unreadableFile(path, error instanceof Error ? error.message : ''));
  }
  return Buffer.concat(pieces);
}

async function* only(bytes: Buffer): AsyncGenerator<Uint8Array> {
  yield bytes;
}
