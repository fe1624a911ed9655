import { sql } from 'kysely';
import { everything } from '../../lib/audit/filter.ts';
import { auditKeyFrom } from '../../lib/audit/keys.ts';
import { verifyExport } from '../../lib/audit/verify-export.ts';
import type { Database } from '../../lib/db/database.ts';
import { exportEntries } from '../../lib/exports/export-entries.ts';
import type { ChimeControl } from '../../local-chime/faults/control-client.ts';

type Step = { userId: string; from: string | null; to: string | null };

/** What Chime did, what is written down of changes, and what the audit says was applied: each as a count of every person's steps. */
export async function readBooks(control: ChimeControl, db: Database) {
  const journal = (await control.journal()).filter(({ operation, from, to }) => operation !== 'Outside' && from !== to);
  const changes = await sql<Step>`
    select user_id as "userId", from_license as "from", to_license as "to" from changes where state = 'applied'`.execute(
    db,
  );
  const audit = await sql<Step>`
    select user_id as "userId", from_license as "from", to_license as "to" from audit_entries
    where outcome = 'applied' and action in ('change', 'undo', 'ending', 'late')`.execute(db);
  return { journal: countSteps(journal), changes: countSteps(changes.rows), audit: countSteps(audit.rows) };
}

export type Book = Map<string, number>;

export function countSteps(steps: Step[]): Book {
  const book: Book = new Map();
  for (const { userId, from, to } of steps) {
    const step = `${userId}: ${from} to ${to}`;
    book.set(step, (book.get(step) ?? 0) + 1);
  }
  return book;
}

export const sizeOf = (book: Book): number => [...book.values()].reduce((sum, count) => sum + count, 0);

/** How many steps stand in one book and not, or less often, in another. */
export const missingIn = (other: Book, book: Book): number =>
  [...book].reduce((sum, [step, count]) => sum + Math.max(0, count - (other.get(step) ?? 0)), 0);

/** Changes that have no outcome yet. */
export async function countOpen(db: Database): Promise<number> {
  const { rows } = await sql<{ open: number }>`
    select count(*)::int as open from changes where state in ('pending', 'unknown')`.execute(db);
  return rows[0]?.open ?? 0;
}

/** Where the chain of the audit breaks first; null where it is whole. */
export async function breakOfChain(db: Database, auditKey: string) {
  const { id, key } = auditKeyFrom(auditKey);
  const { broken } = await verifyExport(bytesOf(exportEntries(db, everything, 'jsonl')), new Map([[id, key]]));
  return broken;
}

async function* bytesOf(texts: AsyncIterable<string>) {
  for await (const text of texts) yield Buffer.from(text);
}
