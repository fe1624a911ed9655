import type { KeyObject } from 'node:crypto';
import { allLineNames, type Break, nothing, type SealedEntry, start, type Walk, walk } from './chain.ts';
import { type Checkpoint, checkpointFrom } from './checkpoint.ts';

/** What a check of an export came to. `line`: of the export, or of the checkpoints where the break is there. */
export type Verdict = { so: Walk; checkpoints: number; broken: (Break & { line: number }) | null };

/**
 * Checks an export by itself, as it comes: every entry is the one that was written, none is missing, none was added, none has
 * another place. With checkpoints, also that none is missing at the end. Stops at the first break.
 */
export async function verifyExport(
  chunks: AsyncIterable<Uint8Array>,
  keys: ReadonlyMap<string, KeyObject>,
  checkpoints?: AsyncIterable<Uint8Array>,
): Promise<Verdict> {
  const marks = checkpoints ? await readCheckpoints(checkpoints, keys) : [];
  if (!Array.isArray(marks)) return { so: start, checkpoints: 0, broken: marks };
  let so: Walk = start;
  let line = 0;
  let met = 0;
  const broken = (kind: Break) => ({ so, checkpoints: met, broken: { ...kind, line } });
  for await (const text of linesOf(chunks)) {
    line += 1;
    const entry = entryFrom(text);
    if (!entry) return broken({ kind: 'unreadable', sequence: null });
    const next = walk(so, entry, keys);
    if ('kind' in next) return broken(next);
    so = next;
    for (; marks[met]?.sequence === entry.sequence; met += 1) {
      if (marks[met]?.hmac !== entry.hmac) return broken({ kind: 'checkpoint', sequence: entry.sequence });
    }
  }
  line += 1;
  const missing = marks[met];
  if (missing) return broken({ kind: 'cut', sequence: so.last, expected: missing.sequence });
  // Anybody can write entries without a seal: only a sealed one after them proves them.
  if (so.entries > 0 && so.keyIds.length === 0) return broken({ kind: 'unproven', sequence: so.last });
  return { so, checkpoints: met, broken: null };
}

/** In the order of the log, which may not be that of the file: several workers write, and their clocks differ. */
async function readCheckpoints(
  chunks: AsyncIterable<Uint8Array>,
  keys: ReadonlyMap<string, KeyObject>,
): Promise<Checkpoint[] | NonNullable<Verdict['broken']>> {
  const marks: Checkpoint[] = [];
  let line = 0;
  for await (const text of linesOf(chunks)) {
    line += 1;
    const mark = checkpointFrom(text, keys);
    if (mark === 'forged') return { kind: 'checkpoint', sequence: null, line };
    if (mark !== 'torn') marks.push(mark);
  }
  return marks.sort((one, other) => Number(BigInt(one.sequence) - BigInt(other.sequence)));
}

/** The entry on a line that is exactly as Carillon writes it, or wrote it; nothing that could be read in two ways gets through. */
function entryFrom(line: string): SealedEntry | undefined {
  let entry: unknown;
  try {
    entry = JSON.parse(line);
  } catch {
    return undefined;
  }
  return isEntry(entry) && JSON.stringify(entry) === line ? { ...nothing, ...entry } : undefined;
}

/** Whether it has exactly the members of an entry, in their order, as one of the forms has them. */
function isEntry(value: unknown): value is Partial<SealedEntry> {
  if (typeof value !== 'object' || value === null) return false;
  const found = Object.entries(value);
  const names = allLineNames.find((known) => known.length === found.length);
  return (
    names !== undefined &&
    found.every(
      ([name, member], place) =>
        name === names[place] && (member === null || typeof member === (name === 'form' ? 'number' : 'string')),
    )
  );
}

/** The longest line that is read: an entry is far shorter, and a file without line feeds is no export. */
const longestLine = 1_000_000;

/** Lines without their line feeds; an empty last line is none. */
async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    const data =
      rest.length > 0 ? Buffer.concat([rest, chunk]) : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
    let from = 0;
    for (let end = data.indexOf(10, from); end >= 0; end = data.indexOf(10, from)) {
      yield data.toString('utf8', from, end);
      from = end + 1;
    }
    rest = data.subarray(from);
    if (rest.length > longestLine) break;
  }
  if (rest.length > 0) yield rest.toString('utf8', 0, longestLine);
}
