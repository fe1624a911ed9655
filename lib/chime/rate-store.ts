import { sql } from 'kysely';
import type { Database, Executor } from '../db/database.ts';
import { prepared } from '../db/prepared.ts';
import { callsPerSecond, firstPace, type Kind, type Pace, slowDown, slowedTo, speedUp, takeTurn } from './pace.ts';

/** The database's clock, and whether calls to this endpoint have to take turns. */
export async function readPace(db: Executor, endpoint: string): Promise<{ now: Date; isLimited: boolean }> {
  const { rows } = await sql<{ now: Date; isLimited: boolean }>`${prepared}
    select clock_timestamp() as now, coalesce(
      (select per_second is not null from chime_pace where endpoint = ${endpoint}), true) as "isLimited"`.execute(db);
  const [row] = rows;
  if (!row) throw new Error('The database did not tell the time.');
  return row;
}

/** Whole calls a second while this endpoint lets so few through that people notice, and null else. */
export async function readSlowness(db: Executor, endpoint: string): Promise<number | null> {
  const { rows } = await sql<Pick<Row, 'now' | 'limit' | 'metAt' | 'probePerSecond'>>`
    select extract(epoch from clock_timestamp())::float8 * 1000 as now, per_second as limit, ${ms('met_at')} as "metAt",
      probe_per_second as "probePerSecond"
    from chime_pace where endpoint = ${endpoint}`.execute(db);
  const [row] = rows;
  return row ? slowedTo({ ...row, probe: { perSecond: row.probePerSecond } }, row.now) : null;
}

/** How many milliseconds ago calls went out that were let through, told once. */
type Granted = { grantedMsAgo: number[] };

/** `waitMs`: 0 where the call may go out, or in how many milliseconds to ask again. `turnMs`: the time between two turns. */
export type Asked = { now: Date; waitMs: number; turnMs: number };

/** Asks for a turn at this endpoint. `othersWait`: the caller speaks for more than one that waits for a turn of this kind. */
export async function askForTurn(
  db: Database,
  endpoint: string,
  kind: Kind,
  { grantedMsAgo, othersWait }: Granted & { othersWait: boolean },
): Promise<Asked> {
  return changePace(db, endpoint, (before, now) => {
    const { pace, waitMs } = takeTurn(speedUp(before, now, momentsAgo(now, grantedMsAgo)), now, kind, othersWait);
    return { pace, answer: { now: new Date(now), waitMs, turnMs: 1_000 / callsPerSecond(pace, now) } };
  });
}

/**
 * Slows every process down, because a call that went out `sentMsAgo` was refused. `forMs`: as long as Chime asks to wait.
 * `lately`: calls that this process has seen to be let through within the last second.
 */
export async function reportRefusal(
  db: Database,
  endpoint: string,
  {
    grantedMsAgo,
    sentMsAgo,
    forMs,
    lately,
  }: Granted & { sentMsAgo: number; forMs: number | undefined; lately: number },
): Promise<void> {
  await changePace(db, endpoint, (before, now) => {
    const pace = speedUp(before, now, momentsAgo(now, grantedMsAgo));
    return { pace: slowDown(pace, now, { sentAt: now - sentMsAgo, forMs, lately }), answer: undefined };
  });
}

const momentsAgo = (now: number, msAgo: number[]) => msAgo.map((ms) => now - ms);

type Row = {
  now: number;
  limit: number | null;
  metAt: number;
  metInARow: number;
  granted: number;
  nextAt: number;
  pausedUntil: number;
  probeSince: number | null;
  probeGranted: number;
  probePerSecond: number;
  probeFasterAt: number;
  changeUntil: number;
  batchUntil: number;
  readingUntil: number;
  batchesPassedOver: number;
  readingsPassedOver: number;
};

async function changePace<T>(
  db: Database,
  endpoint: string,
  change: (pace: Pace, now: number) => { pace: Pace; answer: T },
): Promise<T> {
  return db.transaction().execute(async (trx) => {
    const row = (await lockPace(trx, endpoint)) ?? (await beginPace(trx, endpoint));
    const before = paceFrom(row);
    const { pace, answer } = change(before, row.now);
    if (pace !== before) await keepPace(trx, endpoint, pace);
    return answer;
  });
}

const ms = (name: string) => sql`extract(epoch from ${sql.ref(name)})::float8 * 1000`;
const moment = (value: number) => sql`to_timestamp(${value / 1_000}::float8)`;

/** What a crash of the database loses of the pace is learnt again: the transaction does not wait for the disk. */
async function lockPace(trx: Executor, endpoint: string): Promise<Row | undefined> {
  const { rows } = await sql<Row>`
    select set_config('synchronous_commit', 'off', true), extract(epoch from clock_timestamp())::float8 * 1000 as now,
      per_second as limit, ${ms('met_at')} as "metAt", met_in_a_row as "metInARow", granted,
      ${ms('next_at')} as "nextAt", ${ms('paused_until')} as "pausedUntil", ${ms('probe_since')} as "probeSince",
      probe_granted as "probeGranted", probe_per_second as "probePerSecond", ${ms('probe_faster_at')} as "probeFasterAt",
      ${ms('changes_wait_until')} as "changeUntil", ${ms('batches_wait_until')} as "batchUntil",
      ${ms('readings_wait_until')} as "readingUntil", batches_passed_over as "batchesPassedOver",
      readings_passed_over as "readingsPassedOver"
    from chime_pace where endpoint = ${endpoint} for update`.execute(trx);
  return rows[0];
}

async function beginPace(trx: Executor, endpoint: string): Promise<Row> {
  await sql`
    insert into chime_pace (endpoint, per_second) values (${endpoint}, ${firstPace.limit})
    on conflict (endpoint) do nothing`.execute(trx);
  const row = await lockPace(trx, endpoint);
  if (!row) throw new Error('The database keeps no pace.');
  return row;
}

async function keepPace(trx: Executor, endpoint: string, { probe, waiting, passedOver, ...pace }: Pace): Promise<void> {
  await sql`
    update chime_pace set per_second = ${pace.limit}, met_at = ${moment(pace.metAt)}, met_in_a_row = ${pace.metInARow},
      granted = ${pace.granted}, next_at = ${moment(pace.nextAt)}, paused_until = ${moment(pace.pausedUntil)},
      probe_since = ${probe && moment(probe.since)}, probe_granted = ${probe?.granted ?? 0},
      probe_per_second = ${probe?.perSecond ?? 0}, probe_faster_at = ${moment(probe?.fasterAt ?? 0)},
      changes_wait_until = ${moment(waiting.change)}, batches_wait_until = ${moment(waiting.batch)},
      readings_wait_until = ${moment(waiting.reading)}, batches_passed_over = ${passedOver.batch},
      readings_passed_over = ${passedOver.reading}
    where endpoint = ${endpoint}`.execute(trx);
}

const paceFrom = (row: Row): Pace => ({
  limit: row.limit,
  metAt: row.metAt,
  metInARow: row.metInARow,
  granted: row.granted,
  probe:
    row.probeSince === null
      ? null
      : {
          since: row.probeSince,
          granted: row.probeGranted,
          perSecond: row.probePerSecond,
          fasterAt: row.probeFasterAt,
        },
  nextAt: row.nextAt,
  pausedUntil: row.pausedUntil,
  waiting: { change: row.changeUntil, batch: row.batchUntil, reading: row.readingUntil },
  passedOver: { change: 0, batch: row.batchesPassedOver, reading: row.readingsPassedOver },
});
