import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { appendEntries } from '../audit/append-entries.ts';
import { readEnd } from '../audit/ledger-store.ts';
import { type Database, type Executor, inTransaction } from '../db/database.ts';
import type { RestoresTable } from '../db/tables/backups.ts';

/** How it was found out that a database is a copy of the past. */
export type FoundBy = RestoresTable['found_by'];

/** A restore that no person has accepted yet: since when it is known, and how far the audit went then. */
export type OpenRestore = { at: string; sequence: string };

/** The restore that has not been accepted yet, where there is one. */
export async function openRestore(db: Executor): Promise<OpenRestore | undefined> {
  const row = await db
    .selectFrom('restores')
    .select(['marked_at', 'sequence'])
    .where('accepted_at', 'is', null)
    .executeTakeFirst();
  return row && { at: row.marked_at.toISOString(), sequence: row.sequence };
}

/**
 * Writes down that the database is a copy of the past, with its entry in the audit, and ends every session and token in it: some of them
 * had been ended since. Nothing happens where that is known already; answers whether it was not.
 */
export function markRestored(db: Database, foundBy: FoundBy): Promise<boolean> {
  return db.transaction().execute(async (step) => {
    const { sequence } = await readEnd(step);
    const { rows } = await sql`
      insert into restores (id, found_by, sequence) values (${randomUUID()}::uuid, ${foundBy}, ${sequence}::bigint)
      on conflict do nothing returning id`.execute(step);
    if (rows.length === 0) return false;
    await endEverySession(step);
    await appendEntries(step, [
      { action: 'restore', outcome: 'applied', requestId: randomUUID(), was: sequence, why: foundBy },
    ]);
    return true;
  });
}

/** Ends every session and every token of all operators; answers how many of each were alive. */
function endEverySession(db: Executor): Promise<{ sessions: number; tokens: number }> {
  return inTransaction(db, async (step) => {
    const sessions = await sql`
      update sessions set revoked_at = clock_timestamp()
      where revoked_at is null and expires_at > clock_timestamp() returning id_hash`.execute(step);
    const tokens = await sql`
      update operator_tokens set revoked_at = clock_timestamp()
      where revoked_at is null and expires_at > clock_timestamp() returning id`.execute(step);
    return { sessions: sessions.rows.length, tokens: tokens.rows.length };
  });
}
