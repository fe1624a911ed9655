import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { appendEntries } from '../audit/append-entries.ts';
import { readEnd } from '../audit/ledger-store.ts';
import type { Database, Executor } from '../db/database.ts';
import type { RestoresTable } from '../db/tables/backups.ts';
import { Refusal } from '../failures.ts';

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

/** True as SQL where there is one. */
export const anyRestoreWaits = sql<boolean>`exists (select from restores where accepted_at is null)`;

/** The one sentence with which everything that changes something is refused meanwhile. */
const refusedMeanwhile =
  'The database was restored from a backup. Nothing can be changed until your IT team has checked it.';

/** Refuses with code `restored` until the restore is accepted. */
export async function refuseWhileRestored(db: Executor): Promise<void> {
  if (await openRestore(db)) throw new Refusal('restored', refusedMeanwhile);
}

/**
 * Writes down that the database is a copy of the past, with its entry in the audit, and ends every session and token in it: some of them
 * had been ended since. Nothing happens where that is known already; answers whether it was not.
 */
export function markRestored(db: Database, foundBy: FoundBy): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const { sequence } = await readEnd(trx);
    const { rows } = await sql`
      insert into restores (id, found_by, sequence) values (${randomUUID()}::uuid, ${foundBy}, ${sequence}::bigint)
      on conflict do nothing returning id`.execute(trx);
    if (rows.length === 0) return false;
    await endEverySession(trx);
    await endEveryToken(trx);
    await appendEntries(trx, [
      { action: 'restore', outcome: 'applied', requestId: randomUUID(), was: sequence, why: foundBy },
    ]);
    return true;
  });
}

/** Writes down that the restore has been accepted; answers whether there was one. */
export async function acceptOpenRestore(trx: Executor): Promise<boolean> {
  const { rows } = await sql`
    update restores set accepted_at = clock_timestamp() where accepted_at is null returning id`.execute(trx);
  return rows.length > 0;
}

/** When a restore was last accepted; undefined where none ever was. */
export async function lastAccepted(db: Executor): Promise<Date | undefined> {
  const { rows } = await sql<{ at: Date | null }>`select max(accepted_at) as at from restores`.execute(db);
  return rows[0]?.at ?? undefined;
}

/** Ends the sessions of all operators; answers how many were alive. */
export async function endEverySession(trx: Executor): Promise<number> {
  const { rows } = await sql`
    update sessions set revoked_at = clock_timestamp()
    where revoked_at is null and expires_at > clock_timestamp() returning id_hash`.execute(trx);
  return rows.length;
}

/** Ends the tokens of all operators. */
export async function endEveryToken(trx: Executor): Promise<void> {
  await sql`
    update operator_tokens set revoked_at = clock_timestamp()
    where revoked_at is null and expires_at > clock_timestamp()`.execute(trx);
}
