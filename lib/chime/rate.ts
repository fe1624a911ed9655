import { sql } from 'kysely';
import type { Executor } from '../db/database.ts';

/** Lets every process hold back its calls to this endpoint for `ms` milliseconds from now; a longer wait stays. */
export async function holdBack(db: Executor, endpoint: string, ms: number): Promise<void> {
  await sql`
    insert into chime_pace (endpoint, paused_until)
    values (${endpoint}, clock_timestamp() + ${ms} * interval '1 millisecond')
    on conflict (endpoint) do update
      set paused_until = greatest(chime_pace.paused_until, excluded.paused_until)`.execute(db);
}

/** The database's clock, and how many milliseconds calls to this endpoint are to wait; 0 most of the time. */
export async function readPace(db: Executor, endpoint: string): Promise<{ now: Date; waitMs: number }> {
  const { rows } = await sql<{ now: Date; ms: number }>`
    select clock_timestamp() as now,
      coalesce((select greatest(0, extract(epoch from paused_until - clock_timestamp()) * 1000)
        from chime_pace where endpoint = ${endpoint}), 0)::float8 as ms`.execute(db);
  const [row] = rows;
  if (!row) throw new Error('The database did not tell the time.');
  return { now: row.now, waitMs: row.ms };
}
