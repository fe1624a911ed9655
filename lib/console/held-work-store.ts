import { sql } from 'kysely';
import type { Batch } from '../batches/store.ts';
import type { Executor } from '../db/database.ts';

/** Batches that would go on by themselves, also at a later time: somebody may have stopped them after the backup. */
export async function listBatchesToHold(trx: Executor): Promise<Batch[]> {
  const { rows } = await sql<Batch>`
    select * from batches where state in ('scheduled', 'starting', 'running') order by id for update`.execute(trx);
  return rows;
}

/** Ends of plans whose time has come are not brought about: they stand open as ends that did not happen. Answers how many. */
export async function holdDueEndings(trx: Executor): Promise<number> {
  const { rows } = await sql`
    update endings set state = 'failed', failure = 'restored'
    where state in ('planned', 'running') and change_id is null and next_try_at <= clock_timestamp() returning id`.execute(
    trx,
  );
  return rows.length;
}

/** How many plans are to end later. */
export async function plannedEndings(trx: Executor): Promise<number> {
  const { rows } = await sql<{ planned: number }>`
    select count(*)::int as planned from endings where state = 'planned'`.execute(trx);
  return rows[0]?.planned ?? 0;
}

/** Calls that were late when the backup was taken have been applied or lost long since: nothing is undone for them. */
export async function forgetLateCalls(trx: Executor): Promise<void> {
  await sql`delete from late_calls`.execute(trx);
}

/** Makes a listing of every account due. */
export async function askForListings(trx: Executor): Promise<void> {
  await sql`update accounts set sync_wanted = true, sync_failed_at = null`.execute(trx);
}
