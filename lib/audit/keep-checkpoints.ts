import { createReadStream } from 'node:fs';
import { mkdir, open, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Database } from '../db/database.ts';
import { type BadLine, type Checkpoint, checkpointFrom, checkpointLine } from './checkpoint.ts';
import { type AuditKeys, auditKeys } from './keys.ts';
import { readEnd, sealAt } from './ledger-store.ts';
import { linesOf } from './lines.ts';

/** The log does not go on from what it was: it was cut or written anew since the last checkpoint. */
export class AuditBroken extends Error {
  override name = 'AuditBroken';
  readonly forLog: string;
  /** When the last checkpoint was written, ISO-8601. */
  readonly seenAt: string;
  constructor({ sequence, at }: Checkpoint) {
    super(`Entry ${sequence} of the audit is not the one that the last checkpoint has seen`);
    this.forLog = this.message;
    this.seenAt = at;
  }
}

/** The file does not tell how far the log had come: it cannot be read, or is not what was written. */
export class CheckpointsBroken extends Error {
  override name = 'CheckpointsBroken';
  readonly forLog: string;
  constructor(what: string, options?: ErrorOptions) {
    super(`${what} Whether the audit has been cut is not checked: see docs/operating.md`, options);
    this.forLog = this.message;
  }
}

/**
 * Writes down outside the database how far the log has come, each time when it has come any farther, and does not return before the
 * disk has it. The file is read from a little before its end, and then from there on. Throws `AuditBroken` when the log is not the one of
 * the last checkpoint any more, and `CheckpointsBroken` when a line is not what was written, each after having noted what the log
 * is now; also when the file cannot be read, is empty, or is shorter than it was, and then notes nothing. `isNew`: the file was made for
 * this process, and may be empty; so it may be where the log had no entry when this process began.
 */
export function openCheckpoints(
  file: string,
  keys: AuditKeys = auditKeys(),
  { isNew = false } = {},
): (db: Database) => Promise<void> {
  let place: Place = { begin: 0, size: 0, lines: 0, last: undefined };
  let mayBeEmpty = isNew;
  return async (db) => {
    const end = await readEnd(db);
    if (end.keyId === null) mayBeEmpty = true; // there is nothing in the log that could have been noted
    if (end.keyId !== keys.current.id && end.keyId !== keys.previous?.id) return;
    const { bad, ...next } = await readOn(file, place, keys, mayBeEmpty);
    place = next;
    const { last } = place;
    // What is sealed with the key before ours is compared, but is not ours to vouch for.
    const isOurs = end.keyId === keys.current.id;
    if (isOurs && (last?.sequence !== end.sequence || last.hmac !== end.hmac))
      await append(file, checkpointLine(end, keys.current));
    if (last && (await sealAt(db, last.sequence)) !== last.hmac) throw new AuditBroken(last);
    if (bad)
      throw new CheckpointsBroken(
        `Line ${bad.line + (await linesBefore(file, place.begin))} of the audit's checkpoints ${complaints[bad.kind]}.`,
      );
  };
}

/** From where and how far the file has been read, in bytes; the lines between, and the last checkpoint among them. */
type Place = { begin: number; size: number; lines: number; last: Checkpoint | undefined };

type Bad = { line: number; kind: Exclude<BadLine, 'unknown-key'> };

const complaints: Record<Bad['kind'], string> = {
  torn: 'is cut short',
  forged: 'was not written by Carillon',
};

/** Reads the lines that came after a place; `bad`: the first of them that is not what was written. */
async function readOn(
  file: string,
  place: Place,
  keys: AuditKeys,
  mayBeEmpty: boolean,
): Promise<Place & { bad: Bad | undefined }> {
  const size = await sizeOf(file);
  if (size === 0 && place.size === 0 && mayBeEmpty) return { ...place, bad: undefined };
  if (size === undefined && place.size === 0) return { ...place, bad: undefined };
  if (size === undefined) throw new CheckpointsBroken("The file of the audit's checkpoints no longer exists.");
  if (size === 0) throw new CheckpointsBroken("The file of the audit's checkpoints is empty.");
  if (size < place.size) throw new CheckpointsBroken("The file of the audit's checkpoints is shorter than it was.");
  const known = new Map([keys.current, ...(keys.previous ? [keys.previous] : [])].map(({ id, key }) => [id, key]));
  const now = place.size > 0 ? { ...place } : await beginNearEnd(file, size);
  let bad: Bad | undefined;
  const judge = (line: string) => {
    const mark = checkpointFrom(line, known);
    // A key from before the previous one is nothing that a worker knows.
    if (mark === 'torn' || mark === 'forged') bad ??= { line: now.lines, kind: mark };
    else if (mark !== 'unknown-key') now.last = mark;
  };
  if (size > now.size) {
    for await (const { text, bytes, isWhole } of linesOf(createReadStream(file, { start: now.size }))) {
      now.lines += 1;
      judge(text);
      if (isWhole) now.size += bytes;
      else now.lines -= 1; // it is looked at again when it has its end
    }
  }
  return { ...now, bad };
}

/** So much of the file is read at the start of a worker: some hundred lines. The whole of it is checked by `npm run audit:verify`. */
const tailBytes = 65_536;

/** Where the first reading begins: at a line near the end; at the beginning of a file that is short, or of which nothing is a line. */
async function beginNearEnd(file: string, size: number): Promise<Place> {
  const from = Math.max(0, size - tailBytes);
  let begin = 0;
  if (from > 0) {
    for await (const { bytes, isWhole } of linesOf(createReadStream(file, { start: from }))) {
      if (isWhole) begin = from + bytes;
      break;
    }
  }
  return { begin, size: begin, lines: 0, last: undefined };
}

/** How many lines there are before a place, for a person who has to find one. */
async function linesBefore(file: string, begin: number): Promise<number> {
  if (begin === 0) return 0;
  let lines = 0;
  for await (const _ of linesOf(createReadStream(file, { end: begin - 1 }))) lines += 1;
  return lines;
}

async function sizeOf(file: string): Promise<number | undefined> {
  try {
    return (await stat(file)).size;
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined;
    throw new CheckpointsBroken("The file of the audit's checkpoints cannot be read.", { cause });
  }
}

async function append(file: string, line: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const handle = await open(file, 'a+', 0o600);
  try {
    const { size } = await handle.stat();
    const end = size > 0 ? await handle.read(Buffer.alloc(1), 0, 1, size - 1) : undefined;
    const isTorn = end !== undefined && end.buffer[0] !== 10; // a crash in the middle of a line
    await handle.write(isTorn ? `\n${line}` : line);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Where the checkpoints of this process go. */
export function checkpointsFile({ AUDIT_CHECKPOINTS, CARILLON_HOME } = process.env): string {
  return AUDIT_CHECKPOINTS || join(CARILLON_HOME || '.carillon', 'audit-checkpoints.jsonl');
}
