import type { KeyObject } from 'node:crypto';
import {
  allLineNames,
  type Break,
  type BreakKind,
  lackOf,
  nothing,
  type SealedEntry,
  start,
  type Walk,
  walk,
} from './chain.ts';
import { type BadLine, type Checkpoint, checkpointFrom } from './checkpoint.ts';
import { linesOf } from './lines.ts';

/** What a check of an export came to. `line`: of the export, or of the checkpoints where the break is there. */
export type Verdict = { state: Walk; checkpoints: number; broken: (Break & { line: number }) | null };

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
  if (!Array.isArray(marks)) return { state: start, checkpoints: 0, broken: marks };
  let state: Walk = start;
  let line = 0;
  let met = 0;
  let skipped = 0;
  const broken = (kind: Break) => ({ state, checkpoints: met - skipped, broken: { ...kind, line } });
  for await (const { text } of linesOf(chunks)) {
    line += 1;
    const entry = entryFrom(text);
    if (!entry) return broken({ kind: 'unreadable', sequence: null });
    const next = walk(state, entry, keys);
    if ('kind' in next) return broken(next);
    state = next;
    if (line === 1 && state.opening) met = skipped = marks.filter((mark) => isBefore(mark, entry)).length;
    for (; marks[met]?.sequence === entry.sequence; met += 1) {
      if (marks[met]?.hmac !== entry.hmac) return broken({ kind: 'checkpoint', sequence: entry.sequence });
    }
  }
  const lack = lackOf(state);
  if (lack) return { ...broken(lack), broken: { ...lack, line: 1 } };
  const { cut } = state;
  const atCut = marks.find(({ sequence }) => sequence === cut?.last);
  if (atCut && atCut.hmac !== cut?.hmac) return broken({ kind: 'checkpoint', sequence: atCut.sequence });
  line += 1;
  const missing = marks[met];
  if (missing) return broken({ kind: 'cut', sequence: state.last, expected: missing.sequence });
  // Anybody can write entries without a seal: only a sealed one after them proves them.
  if (state.entries > 0 && state.keyIds.length === 0) return broken({ kind: 'unproven', sequence: state.last });
  return { state, checkpoints: met - skipped, broken: null };
}

const isBefore = (mark: Checkpoint, { sequence }: SealedEntry) => BigInt(mark.sequence) < BigInt(sequence ?? 0);

/** In the order of the log, which may not be that of the file: several workers write, and their clocks differ. */
export async function readCheckpoints(
  chunks: AsyncIterable<Uint8Array>,
  keys: ReadonlyMap<string, KeyObject>,
): Promise<Checkpoint[] | NonNullable<Verdict['broken']>> {
  const marks: Checkpoint[] = [];
  let line = 0;
  for await (const { text, isWhole } of linesOf(chunks)) {
    line += 1;
    const mark = isWhole ? checkpointFrom(text, keys) : 'torn';
    if (typeof mark === 'string') return { kind: breaks[mark], sequence: null, line };
    marks.push(mark);
  }
  if (marks.length === 0) return { kind: 'no-checkpoints', sequence: null, line: 1 };
  return marks.sort((one, other) => Number(BigInt(one.sequence) - BigInt(other.sequence)));
}

const breaks: Record<BadLine, BreakKind> = {
  torn: 'torn-checkpoint',
  forged: 'checkpoint',
  'unknown-key': 'checkpoint-key',
};

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
