import { sql } from 'kysely';
import type { Database } from '../db/database.ts';

/** So many people may one operator have read in Chime within a minute, by all their tabs: more than anybody opens by hand. */
export const maxReadsAMinute = 240;

/** Counts a read, unless there were too many within this minute. */
export async function countRead(db: Database, operatorId: string): Promise<boolean> {
  const { rows } = await sql`
    insert into person_reads (operator_id, minute, reads)
    values (${operatorId}, date_trunc('minute', clock_timestamp()), 1)
    on conflict (operator_id, minute) do update set reads = person_reads.reads + 1
      where person_reads.reads < ${maxReadsAMinute}
    returning reads`.execute(db);
  return rows.length > 0;
}

/** Forgets the counts of minutes that are over. */
export async function forgetOldReads(db: Database): Promise<void> {
  await sql`delete from person_reads where minute < clock_timestamp() - interval '10 minutes'`.execute(db);
}
