import type { KeyObject } from 'node:crypto';
import { type Break, lackOf, start, type Walk, walk } from '../audit/chain.ts';
import type { Checkpoint } from '../audit/checkpoint.ts';
import { everything } from '../audit/filter.ts';
import { sealedPages } from '../audit/store.ts';
import { readCheckpoints } from '../audit/verify-export.ts';
import type { Database } from '../db/database.ts';
import type { Manifest } from './backup.ts';
import { recount } from './store.ts';

/** An entry of the audit: its number and its moment, ISO-8601. */
export type Place = { sequence: string; at: string };

/**
 * What a restored copy is like. `broken`: the first thing found wrong with its audit or with the checkpoints, `line` being the
 * entry's place or the line of the checkpoints. `checkpoints`: how many agree; `beyond`: the furthest that the copy lacks.
 */
export type CopyCheck = {
  last: Place | undefined;
  broken: (Break & { line: number }) | undefined;
  hasWhatItPromised: boolean;
  checkpoints: number;
  beyond: Place | undefined;
  people: number;
  counted: number;
};

/** Reads the whole audit of a copy against its seals, its manifest and the checkpoints, and counts its people again. */
export async function checkCopy(
  db: Database,
  keys: ReadonlyMap<string, KeyObject>,
  { audit }: Pick<Manifest, 'audit'>,
  checkpoints?: AsyncIterable<Uint8Array>,
): Promise<CopyCheck> {
  const marks = checkpoints ? await readCheckpoints(checkpoints, keys) : [];
  const counts = await recount(db);
  const nothing = { last: undefined, hasWhatItPromised: false, checkpoints: 0, beyond: undefined, ...counts };
  if (!Array.isArray(marks)) return { ...nothing, broken: marks };

  const expected = new Map(marks.map(({ sequence, hmac }) => [sequence, hmac]));
  let state: Walk = start;
  let last: Place | undefined;
  let met = 0;
  let hasWhatItPromised = audit.sequence === '0';
  const brokenAt = (found: Break): CopyCheck => ({
    ...nothing,
    last,
    checkpoints: met,
    broken: { ...found, line: state.entries + 1 },
  });
  for await (const page of sealedPages(db, everything)) {
    for (const entry of page) {
      const next = walk(state, entry, keys);
      if ('kind' in next) return brokenAt(next);
      const { sequence } = entry;
      if (sequence === null) continue; // the walk has refused it
      const mark = expected.get(sequence);
      if (mark !== undefined && mark !== entry.hmac) return brokenAt({ kind: 'checkpoint', sequence });
      if (mark !== undefined) met += 1;
      if (sequence === audit.sequence) hasWhatItPromised = audit.keyId === null || entry.hmac === audit.hmac;
      last = { sequence, at: entry.at ?? '' };
      state = next;
    }
  }
  const lack = lackOf(state);
  if (lack) return { ...brokenAt(lack), broken: { ...lack, line: 1 } };
  return { last, broken: undefined, hasWhatItPromised, checkpoints: met, beyond: beyondOf(marks, last), ...counts };
}

function beyondOf(marks: readonly Checkpoint[], last: Place | undefined): Place | undefined {
  const furthest = marks.at(-1);
  if (!furthest || BigInt(furthest.sequence) <= BigInt(last?.sequence ?? 0)) return undefined;
  return { sequence: furthest.sequence, at: furthest.at };
}
