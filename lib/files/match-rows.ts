import { createHash } from 'node:crypto';
import type { Executor } from '../db/database.ts';
import type { FileRow } from '../lists/file.ts';
import { textOfRef } from '../matching/person-ref.ts';
import { resolvePeople } from '../search/resolve-people-store.ts';
import type { FilePreview, ShownLines } from './upload.ts';

/** Which people the lines of a file mean, by what the mirror knows. */
export type MatchedRows = {
  /** Each person once. */
  matched: { userId: string; row: FileRow }[];
  /** Lines that mean nobody of the account. */
  unmatched: FileRow[];
  /** Lines that could mean several people, and all lines that say different things of one person. */
  unclear: FileRow[];
};

/** Finds the people of an account that lines mean. Of lines that say the same of one person, the first counts. */
export async function matchRows(db: Executor, accountId: string, rows: FileRow[]): Promise<MatchedRows> {
  const matches = await resolvePeople(
    db,
    accountId,
    rows.map(({ ref }) => ref),
  );
  const unmatched: FileRow[] = [];
  const unclear: FileRow[] = [];
  const byPerson = new Map<string, FileRow[]>();
  for (const [index, row] of rows.entries()) {
    const match = matches[index];
    if (match?.kind === 'found') byPerson.set(match.person.id, [...(byPerson.get(match.person.id) ?? []), row]);
    else if (match?.kind === 'unclear') unclear.push(row);
    else unmatched.push(row);
  }
  const matched: MatchedRows['matched'] = [];
  for (const [userId, lines] of byPerson) {
    const [row, ...others] = lines;
    if (!row) continue;
    if (others.every(({ days, department }) => days === row.days && department === row.department)) {
      matched.push({ userId, row });
    } else {
      unclear.push(...lines);
    }
  }
  return { matched, unmatched, unclear: unclear.toSorted((one, other) => one.line - other.line) };
}

/** How many lines of a kind travel to the browser. */
const shownLines = 20;

/** What is shown of matched rows. */
export function previewOf({ matched, unmatched, unclear }: MatchedRows): FilePreview {
  const facts = matched.map(({ userId, row }) => [userId, row.days ?? row.department ?? null]);
  return {
    matched: matched.length,
    unmatched: linesOf(unmatched),
    unclear: linesOf(unclear),
    fingerprint: createHash('sha256').update(JSON.stringify(facts)).digest('hex'),
  };
}

const linesOf = (rows: FileRow[]): ShownLines => ({
  count: rows.length,
  first: rows.slice(0, shownLines).map(({ line, ref }) => ({ line, text: textOfRef(ref) })),
});
