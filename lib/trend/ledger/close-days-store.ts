import { sql } from 'kysely';
import { atLength, type Database, type Executor } from '../../db/database.ts';
import { log } from '../../log/log.ts';
import { addDays, type Day, daysFrom } from '../calendar.ts';
import { type Level, type Levels, levelsFrom, sumOf } from '../trend.ts';
import { type ClosedDay, driftBetween, findDay, forgetDays, keepDays, keepDrift, recount } from './days-store.ts';
import { findSteps, holdLedger, type Ledger } from './ledger-store.ts';

/** A day is closed this long after its midnight: by then, what was under way at midnight is written or undone. */
const closeAfterMs = 60_000;

/**
 * Closes the days of every account that are over in the reporting zone, and checks the counts when it closes one. Where days were
 * closed in another zone before, all of them are closed again. Safe at any time and by several processes: a day is closed
 * whole or not at all. `now` is for tests; otherwise the database's clock counts.
 */
export async function closeDays(db: Database, zone: string, now?: Date): Promise<void> {
  const accounts = await db.selectFrom('count_ledgers').select('account_id').orderBy('account_id').execute();
  for (const { account_id: accountId } of accounts) {
    await atLength(db, async (trx) => {
      const ledger = await holdLedger(trx, accountId);
      if (ledger) await closeAccount(trx, ledger, zone, now ?? (await clockOf(trx)));
    });
  }
}

async function clockOf(db: Executor): Promise<Date> {
  const { rows } = await sql<{ now: Date }>`select clock_timestamp() as now`.execute(db);
  return rows[0]?.now ?? new Date();
}

async function closeAccount(trx: Executor, ledger: Ledger, zone: string, now: Date): Promise<void> {
  const { accountId, knownFrom } = ledger;
  const isGoingOn = ledger.closedUntil !== null && ledger.zone === zone;
  const from = isGoingOn && ledger.closedUntil ? ledger.closedUntil : knownFrom;
  const days = daysFrom(from, new Date(now.getTime() - closeAfterMs), zone);
  const over = days.slice(0, -1);
  const open = days.at(-1);
  if (!isGoingOn && ledger.zone !== null) await forgetDays(trx, accountId);
  if (over.length === 0 || !open) {
    if (ledger.zone !== null && !isGoingOn) await keepDays(trx, accountId, [], { until: null, zone });
    return;
  }

  const bounds = days.map(({ start }) => new Date(Math.max(start.getTime(), knownFrom.getTime())));
  const { live, steps } = await findSteps(trx, [accountId], bounds);
  const levels = levelsFrom(live, steps, days.length).get(accountId) ?? new Map<string, Level[]>();
  await check(trx, ledger, isGoingOn ? over[0] : undefined, levels);
  await keepDays(trx, accountId, closedDays(over, levels), { until: open.start, zone });
}

/** Days of a license that nobody has and that nobody had are not kept. */
function closedDays(days: Day[], levels: Levels): ClosedDay[] {
  return [...levels].flatMap(([license, ofLicense]) =>
    days.flatMap(({ day }, index) => {
      const level = ofLicense[index];
      return level && !isEmpty(level) ? [{ day, license, level }] : [];
    }),
  );
}

const isEmpty = (level: Level) =>
  level.highest === 0 && level.lowest === 0 && sumOf(level.up) + sumOf(level.down) === 0;

/** A recount must equal the counts, and the day before must have ended as this one begins. */
async function check(trx: Executor, ledger: Ledger, next: Day | undefined, levels: Levels): Promise<void> {
  const { accountId } = ledger;
  const recounted = await recount(trx, accountId);
  const before = next && addDays(next.day, -1);
  const closed = before ? await findDay(trx, [accountId], before) : undefined;
  const stepped = before ? driftBetween(closed?.get(accountId) ?? new Map<string, Level>(), levels) : 0;
  await keepDrift(trx, accountId, recounted + stepped);
  if (recounted + stepped > 0) {
    log.error(
      { accountId, recounted, stepped, before },
      'The counts of an account differ from its people or its steps',
    );
  }
}
