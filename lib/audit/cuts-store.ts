import { sql } from 'kysely';
import { type Executor, fewRows } from '../db/database.ts';
import type { Cut } from './cut.ts';

/** The entries from before a moment, as they would be cut; undefined where there are none. `hmac` is null where the last has no seal. */
export async function entriesBefore(
  trx: Executor,
  before: Date,
): Promise<(Omit<Cut, 'hmac'> & { hmac: string | null; entries: string }) | undefined> {
  const { rows } = await sql<{ first: string; last: string; hmac: string | null; entries: string }>`
    select min(sequence)::text as first, max(sequence)::text as last, count(*)::text as entries,
      (select hmac from audit_entries where sequence = edge.last) as hmac
    from (select max(sequence) as last from audit_entries where at < ${before}) edge
    join audit_entries on sequence <= edge.last
    group by edge.last`.execute(trx);
  return rows[0];
}

/** Lets the entries of a cut be removed from now on. Only the owner of the tables can. */
export async function allowCut(
  trx: Executor,
  { first, last, hmac, entries }: Cut & { entries: string },
): Promise<void> {
  await sql`
    insert into audit_cuts (first_sequence, last_sequence, entries, hmac)
    values (${first}::bigint, ${last}::bigint, ${entries}::bigint, ${hmac})`.execute(trx);
}

/** Removes a few entries of the cuts there were. Answers how many. */
export async function removeCutEntries(db: Executor): Promise<bigint> {
  const { numAffectedRows = 0n } = await sql`
    delete from audit_entries where sequence = any(array(
      select sequence from audit_entries where sequence <= (select max(last_sequence) from audit_cuts)
      order by sequence limit ${fewRows}))`.execute(db);
  return numAffectedRows;
}
