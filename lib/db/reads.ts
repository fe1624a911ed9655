import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import pg from 'pg';
import { measured } from '../measured.ts';
import { type Database, isDatabaseAway } from './database.ts';

/** Where what only reads is read from. */
export type Reads = {
  /** The replica, where it has everything that the primary has committed by now; else the primary. */
  choose(): Promise<Database>;
  /** Runs what only reads there, and once more on the primary where the replica fails in the midst of it. */
  read<T>(run: (db: Database) => Promise<T>): Promise<T>;
};

type Events = {
  /** Called once when the replica has not been of use for 10 s, and once when it is again. */
  onUnfit(error: unknown): void;
  onFit(): void;
};

/** A replica that is just behind is waited for so long; one that was so at the last look is not waited for. */
const waitMs = 300;
const lookEveryMs = 10;
/** After the replica was of no use it is left alone for so long. */
const pauseMs = 1_000;
/** It is told of when it has been of no use for so long. */
const patienceMs = 10_000;

/**
 * Chooses for each read between the primary and its replica. The primary says first how far it is: what anyone was told before, by an
 * answer or by a notice, is in what is read then, wherever that is.
 */
export function openReads(primary: Database, replica: Database | undefined, { onUnfit, onFit }: Events): Reads {
  if (!replica) return { choose: async () => primary, read: (run) => run(primary) };
  let unfitSince: number | undefined;
  let pausedUntil = 0;
  let isTold = false;

  function noteUnfit(error: unknown) {
    const now = performance.now();
    unfitSince ??= now;
    pausedUntil = now + pauseMs;
    if (isTold || now - unfitSince < patienceMs) return;
    isTold = true;
    onUnfit(error);
  }

  function noteFit() {
    unfitSince = undefined;
    if (isTold) onFit();
    isTold = false;
  }

  async function isFit(db: Database): Promise<boolean> {
    if (performance.now() < pausedUntil) return false;
    const place = await placeOf(primary);
    try {
      const ms = unfitSince === undefined ? waitMs : 0;
      if (await inTime(hasReached(db, place, ms), waitMs + ms)) {
        noteFit();
        return true;
      }
      noteUnfit(new Error('The replica is too far behind, or does not answer.'));
    } catch (error) {
      noteUnfit(error);
    }
    return false;
  }

  async function choose() {
    const isReplica = await isFit(replica ?? primary);
    measured.emit('read', { from: isReplica ? 'replica' : 'primary' });
    return isReplica && replica ? replica : primary;
  }

  return {
    choose,
    async read(run) {
      const db = await choose();
      if (db === primary) return run(primary);
      try {
        return await run(db);
      } catch (error) {
        if (!isOfReplica(error)) throw error;
        noteUnfit(error);
        return run(primary);
      }
    },
  };
}

/** How far a primary is. `system` and `timeline` say in which history: a position means nothing in another one. */
type Place = { position: string; timeline: string; system: string };

/**
 * What is committed without waiting for the disk is seen before it is flushed; then the position is that of what was written last.
 * Of Carillon's own, only the shared pace of calls is so.
 */
async function placeOf(primary: Database): Promise<Place> {
  const { rows } = await sql<Place>`
    select (case current_setting('synchronous_commit') when 'off' then pg_current_wal_insert_lsn()
        else pg_current_wal_flush_lsn() end)::text as position,
      left(pg_walfile_name(pg_current_wal_lsn()), 8) as timeline, system_identifier::text as system
    from pg_control_system()`.execute(primary);
  const [place] = rows;
  if (!place) throw new Error('The primary did not say how far it is.');
  return place;
}

/** Whether a standby of this primary has replayed up to there, within `ms`. */
async function hasReached(replica: Database, { position, timeline, system }: Place, ms: number): Promise<boolean> {
  const until = performance.now() + ms;
  for (;;) {
    const { rows } = await sql<{ is_ours: boolean; is_there: boolean | null }>`
      select pg_is_in_recovery() and system_identifier::text = ${system}
          and lpad(upper(to_hex(timeline_id)), 8, '0') = ${timeline} as is_ours,
        pg_last_wal_replay_lsn() >= ${position}::pg_lsn as is_there
      from pg_control_system(), pg_control_checkpoint()`.execute(replica);
    if (!rows[0]?.is_ours) throw new Error('What DATABASE_READ_URL names is no standby of this primary, or not yet.');
    if (rows[0].is_there) return true;
    if (performance.now() >= until) return false;
    await sleep(lookEveryMs);
  }
}

/** False where there is no answer within `ms`. */
async function inTime(answer: Promise<boolean>, ms: number): Promise<boolean> {
  const late = new AbortController();
  const given = answer.finally(() => late.abort());
  given.catch(() => undefined); // it may fail later than it is waited for
  return Promise.race([given, sleep(ms, false, { signal: late.signal }).catch(() => given)]);
}

/** SQLSTATE: the standby had to end a query so that it could go on replaying. */
const conflicts = ['40001', '40P01'];

/** Whether a read failed because of where it was read: the standby is gone, is being promoted, or was in the way of the replay. */
function isOfReplica(error: unknown): boolean {
  return isDatabaseAway(error) || (error instanceof pg.DatabaseError && conflicts.includes(error.code ?? ''));
}
