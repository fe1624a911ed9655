import { sql } from 'kysely';
import type { Executor } from '../db/database.ts';

/** Transactions become visible up to this much later than the moment they write down. */
const marginSeconds = 10;

/**
 * The database's clock, and whether anything has happened in an account since a moment, which is in its clock too. A little
 * too much is said to have happened rather than too little: a page that asks only reads again. Without a moment: just now.
 */
export async function newsSince(
  db: Executor,
  accountId: string,
  since: Date | undefined,
): Promise<{ now: Date; isNews: boolean }> {
  const { rows } = await sql<{ now: Date; is_news: boolean }>`
    select now, coalesce(greatest(last_entry, sync_touched_at)
      > coalesce(${since ?? null}::timestamptz, now) - ${marginSeconds} * interval '1 second', false) as is_news
    from (
      select clock_timestamp() as now,
        (select at from audit_entries where account_id = ${accountId} order by sequence desc limit 1) as last_entry,
        (select sync_touched_at from accounts where id = ${accountId}) as sync_touched_at
    ) facts`.execute(db);
  const [row] = rows;
  if (!row) throw new Error('The database did not tell the time.');
  return { now: row.now, isNews: row.is_news };
}
