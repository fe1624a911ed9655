import { sql } from 'kysely';
import { type Executor, fewRows, keptMonths } from '../db/database.ts';

const isLeft = sql`(batches.state = 'draft' and batches.created_at < clock_timestamp() - interval '1 day')`;

const isOld = sql`(batches.state in ('stopped', 'done') and coalesce(batches.ended_at, batches.created_at) < clock_timestamp() - ${keptMonths})`;

/** Discarded, and shown to nobody or kept for long enough. */
const mayGo = sql`(batches.state = 'discarded' and (batches.submitted_at is null and batches.created_at < clock_timestamp() - interval '1 day'
  or coalesce(batches.ended_at, batches.created_at) < clock_timestamp() - ${keptMonths}))`;

/**
 * Forgets previews that nobody submitted after a day, and batches 15 months after their end: first they are discarded, so that nothing
 * can be begun with half of them, then up to so many of their people go at a time, and at last themselves. Answers how many people.
 */
export async function forgetOldBatches(db: Executor): Promise<bigint> {
  await sql`
    update batches set state = 'discarded'
    where id = any(array(select id from batches where ${isLeft} or ${isOld} limit 100 for update skip locked))`.execute(
    db,
  );
  const { numAffectedRows = 0n } = await sql`
    delete from batch_items where ctid = any(array(
      select batch_items.ctid from batches join batch_items on batch_items.batch_id = batches.id
      where ${mayGo} limit ${fewRows}))`.execute(db);
  await sql`
    delete from batches where ${mayGo} and not exists (select from batch_items where batch_id = batches.id)`.execute(
    db,
  );
  return numAffectedRows;
}
