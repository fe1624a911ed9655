import type { Executor } from '../../db/database.ts';
import { type Day, dayOf, endOfDay, startOfDay } from '../calendar.ts';
import { besideEach, type Level, type Levels, levelOf, levelsFrom } from '../trend.ts';
import { findDaysTogether } from './days-store.ts';
import { findSteps, type Ledger } from './ledger-store.ts';

/**
 * The levels of each of these days, all accounts together; the days follow each other. Closed days are read as they are kept, the others
 * are counted. An account is part of no day before the one on which it became known.
 */
export async function levelsOfDays(db: Executor, ledgers: Ledger[], days: Day[], zone: string): Promise<Levels> {
  const [first] = days;
  const last = days.at(-1);
  if (!first || !last) return new Map();
  const closedBefore = Math.min(...ledgers.map((ledger) => closedUntil(ledger, zone)));
  const closed = days.filter(({ start }) => start.getTime() < closedBefore);
  const open = days.slice(closed.length);
  const bounds = [...open.map(({ start }) => start), endOfDay(last, zone)];

  const lastClosed = closed.at(-1);
  const ids = ledgers.map(({ accountId }) => accountId);
  const kept = lastClosed ? await findDaysTogether(db, ids, first.day, lastClosed.day) : [];
  const counted: Levels = open.length > 0 ? await levelsBetween(db, ledgers, bounds) : new Map();

  const indexOf = new Map(closed.map(({ day }, index) => [day, index]));
  const levels: Levels = new Map();
  for (const license of new Set([...kept.map((one) => one.license), ...counted.keys()])) {
    levels.set(license, [...closed.map(() => levelOf(0)), ...(counted.get(license) ?? open.map(() => levelOf(0)))]);
  }
  for (const { day, license, level } of kept) {
    const index = indexOf.get(day);
    const ofLicense = levels.get(license);
    if (index !== undefined && ofLicense) ofLicense[index] = level;
  }
  return levels;
}

/**
 * The levels between each of these moments and the next, all accounts together, counted from the steps. An account is part of none that
 * ends before it became known.
 */
export async function levelsBetween(db: Executor, ledgers: Ledger[], bounds: Date[]): Promise<Levels> {
  const ids = ledgers.map(({ accountId }) => accountId);
  const { live, steps } = await findSteps(db, ids, bounds);
  const byAccount = levelsFrom(live, steps, bounds.length);
  const ends = bounds.slice(1);
  const together: Levels = new Map();
  for (const { accountId, knownFrom } of ledgers) {
    for (const [license, ofAccount] of byAccount.get(accountId) ?? []) {
      const sums = together.get(license) ?? ends.map(() => levelOf(0));
      together.set(
        license,
        ends.map((end, index) => addTo(sums[index], end > knownFrom ? ofAccount[index] : undefined)),
      );
    }
  }
  return together;
}

const addTo = (sum: Level = levelOf(0), level: Level = levelOf(0)): Level => besideEach(sum, level);

/** Up to when an account's closed days can be read in this zone: where there are none, to the day from which it is known. */
function closedUntil({ closedUntil, zone, knownFrom }: Ledger, wanted: string): number {
  if (closedUntil !== null && zone === wanted) return closedUntil.getTime();
  return (startOfDay(dayOf(knownFrom, wanted), wanted) ?? knownFrom).getTime();
}
