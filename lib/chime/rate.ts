import { sql } from 'kysely';
import type { Database, Executor } from '../db/database.ts';
import { firstPace, type Pace, slowDown, speedUp, takeTurn } from './pace.ts';

/**
 * Lets every process hold back its calls to this endpoint for `ms` milliseconds from now, because a call that went out about
 * `sinceMs` milliseconds ago was refused; a longer wait stays. What is not urgent goes slower from then on.
 */
export async function holdBack(db: Executor, endpoint: string, ms?: number, sinceMs = 0): Promise<void> {
  const change = (pace: Pace, now: number) =>
    slowDown(pace, now, { sentAt: now - sinceMs, ...(ms === undefined ? {} : { forMs: ms }) });
  if (db.isTransaction) await changePace(db, endpoint, change);
  else await db.transaction().execute((step) => changePace(step, endpoint, change));
}

/** `waitMs`: how many milliseconds calls are to wait, 0 most of the time. `isLearnt`: a refusal has shown where the limit is. */
export type PaceAtHand = { now: Date; waitMs: number; isLearnt: boolean };

/**
 * The database's clock, and the pace of calls to this endpoint. `goesFirst`: somebody waits for the call, so that what takes
 * turns waits for one turn more.
 */
export async function readPace(db: Executor, endpoint: string, goesFirst = true): Promise<PaceAtHand> {
  const { rows } = await sql<PaceAtHand>`
    with passed as (
      update chime_pace set next_at = greatest(next_at, clock_timestamp()) + interval '1 second' / per_second
      where endpoint = ${endpoint} and ${goesFirst} and is_learnt and next_at > clock_timestamp() - interval '1 second'
    ), pace as (
      select is_learnt, extract(epoch from paused_until - clock_timestamp()) * 1000 as ms
      from chime_pace where endpoint = ${endpoint}
    )
    select clock_timestamp() as now, coalesce((select greatest(0, ms) from pace), 0)::float8 as "waitMs",
      coalesce((select is_learnt from pace), false) as "isLearnt"`.execute(db);
  const [row] = rows;
  if (!row) throw new Error('The database did not tell the time.');
  return row;
}

/**
 * Takes a turn at this endpoint for a call nobody waits for; the answer is 0, or in how many milliseconds to ask again.
 * `succeeded`: the calls that were not refused since the caller last asked.
 */
export function askForTurn(db: Database, endpoint: string, succeeded: number): Promise<number> {
  return db.transaction().execute(async (step) => {
    let waitMs = 0;
    await changePace(step, endpoint, (pace, now) => {
      const turn = takeTurn(succeeded > 0 ? speedUp(pace, succeeded) : pace, now);
      waitMs = turn.waitMs;
      return turn.pace;
    });
    return waitMs;
  });
}

type Row = {
  now: number;
  per_second: number;
  is_learnt: boolean;
  next_at: number;
  paused_until: number;
  slowed_at: number;
  second_at: number;
  granted: number;
  granted_before: number;
  granted_since_slowed: number;
};

const ms = (name: string) => sql`extract(epoch from ${sql.ref(name)})::float8 * 1000`;
const moment = (value: number) => sql`to_timestamp(${value / 1_000}::float8)`;

async function changePace(step: Executor, endpoint: string, change: (pace: Pace, now: number) => Pace): Promise<void> {
  const row = (await lockPace(step, endpoint)) ?? (await beginPace(step, endpoint));
  const before = paceFrom(row);
  const after = change(before, row.now);
  if (after === before) return;
  await sql`
    update chime_pace set per_second = ${after.perSecond}, is_learnt = ${after.isLearnt},
      next_at = ${moment(after.nextAt)}, paused_until = ${moment(after.pausedUntil)},
      slowed_at = ${moment(after.slowedAt)}, second_at = ${moment(after.secondAt)}, granted = ${after.granted},
      granted_before = ${after.grantedBefore}, granted_since_slowed = ${after.grantedSinceSlowed}
    where endpoint = ${endpoint}`.execute(step);
}

/** What a crash of the database loses of the pace is learnt again: the transaction does not wait for the disk. */
async function lockPace(step: Executor, endpoint: string): Promise<Row | undefined> {
  const { rows } = await sql<Row>`
    select set_config('synchronous_commit', 'off', true), extract(epoch from clock_timestamp())::float8 * 1000 as now, per_second, is_learnt,
      ${ms('next_at')} as next_at, ${ms('paused_until')} as paused_until, ${ms('slowed_at')} as slowed_at,
      ${ms('second_at')} as second_at, granted, granted_before, granted_since_slowed
    from chime_pace where endpoint = ${endpoint} for update`.execute(step);
  return rows[0];
}

async function beginPace(step: Executor, endpoint: string): Promise<Row> {
  await sql`
    insert into chime_pace (endpoint, per_second) values (${endpoint}, ${firstPace.perSecond})
    on conflict (endpoint) do nothing`.execute(step);
  const row = await lockPace(step, endpoint);
  if (!row) throw new Error('The database keeps no pace.');
  return row;
}

const paceFrom = (row: Row): Pace => ({
  perSecond: row.per_second,
  isLearnt: row.is_learnt,
  nextAt: row.next_at,
  pausedUntil: row.paused_until,
  slowedAt: row.slowed_at,
  secondAt: row.second_at,
  granted: row.granted,
  grantedBefore: row.granted_before,
  grantedSinceSlowed: row.granted_since_slowed,
});
