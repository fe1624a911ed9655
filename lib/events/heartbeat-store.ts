import { sql } from 'kysely';
import type { Executor } from '../db/database.ts';

/** How often a worker says that it is there, and after how long a silence nobody counts on it any more. */
export const beatMs = 5_000;
const silentSeconds = 30;

/** As SQL: how many workers have been seen lately. */
export const workersThere = sql<number>`(select count(*)::int from workers
  where seen_at > clock_timestamp() - ${sql.lit(silentSeconds)} * interval '1 second')`;

/** Says that a worker is there. */
export async function beat(db: Executor, workerId: string): Promise<void> {
  await sql`
    insert into workers (id, seen_at) values (${workerId}::uuid, clock_timestamp())
    on conflict (id) do update set seen_at = excluded.seen_at`.execute(db);
}

/** Forgets workers that have been silent for an hour. */
export async function forgetSilentWorkers(db: Executor): Promise<void> {
  await sql`delete from workers where seen_at < clock_timestamp() - interval '1 hour'`.execute(db);
}

/** Says that a worker has stopped. */
export async function signOff(db: Executor, workerId: string): Promise<void> {
  await sql`delete from workers where id = ${workerId}::uuid`.execute(db);
}

/** Whether any worker has been seen lately: else nobody runs batches, reads accounts or ends plans. */
export async function isAnyWorkerThere(db: Executor): Promise<boolean> {
  const { rows } = await sql<{ workers: number }>`select ${workersThere} as workers`.execute(db);
  return (rows[0]?.workers ?? 0) > 0;
}
