import type { Executor } from '../../db/database.ts';
import { type Day, dayOf, endOfDay, startOfDay } from '../calendar.ts';
import { type Level, type Levels, levelOf, levelsFrom } from '../trend.ts';
import { findDays } from './days-store.ts';
import { findSteps, type Ledger } from './ledger-store.ts';

/**
 * The levels of each of these days, by account; the days follow each other. Closed days are read as they are kept, the others
 * are counted. Before an account was known there are no levels of it.
 */
export async function levelsOfDays(
  db: Executor,
  ledgers: Ledger[],
  days: Day[],
  zone: string,
): Promise<Map<string, Levels>> {
  const [first] = days;
  const last = days.at(-1);
  const accounts = new Map<string, Levels>(ledgers.map(({ accountId }) => [accountId, new Map<string, Level[]>()]));
  if (!first || !last) return accounts;
  const ids = ledgers.map(({ accountId }) => accountId);
  const closedBefore = Math.min(...ledgers.map((ledger) => closedUntil(ledger, zone)));
  const closed = days.filter(({ start }) => start.getTime() < closedBefore);

  const kept = closed.length > 0 ? await findDays(db, ids, first.day, closed.at(-1)?.day ?? first.day) : undefined;
  for (const [accountId, ofDays] of kept ?? []) {
    const levels = accounts.get(accountId);
    closed.forEach(({ day }, index) => {
      for (const [license, level] of ofDays.get(day) ?? []) if (levels) placeLevel(levels, license, index, level);
    });
  }
  if (closed.length < days.length) {
    const open = days.slice(closed.length);
    const bounds = [...open.map(({ start }) => start), endOfDay(last, zone)];
    const { live, steps } = await findSteps(db, ids, bounds);
    for (const [accountId, counted] of levelsFrom(live, steps, bounds.length)) {
      const levels = accounts.get(accountId);
      for (const [license, ofLicense] of counted) {
        ofLicense.slice(0, open.length).forEach((level, index) => {
          if (levels) placeLevel(levels, license, closed.length + index, level);
        });
      }
    }
  }
  for (const levels of accounts.values()) {
    for (const [license, ofLicense] of levels) {
      levels.set(
        license,
        days.map((_, index) => ofLicense[index] ?? levelOf(0)),
      );
    }
  }
  return accounts;
}

function placeLevel(levels: Levels, license: string, index: number, level: Level): void {
  const ofLicense = levels.get(license) ?? [];
  ofLicense[index] = level;
  levels.set(license, ofLicense);
}

/** Up to when an account's closed days can be read in this zone: where there are none, to the day from which it is known. */
function closedUntil({ closedUntil, zone, knownFrom }: Ledger, wanted: string): number {
  if (closedUntil !== null && zone === wanted) return closedUntil.getTime();
  return (startOfDay(dayOf(knownFrom, wanted), wanted) ?? knownFrom).getTime();
}
