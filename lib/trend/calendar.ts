import { momentAt, wallOf } from '../wall-clock.ts';

/** A day of a zone, `2026-11-28`, and the moment at which it begins. */
export type Day = { day: string; start: Date };

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** The day, such as `2026-11-28`, that calendars in a zone show at a moment. */
export const dayOf = (at: Date, zone: string): string => wallOf(at.getTime(), zone).slice(0, 10);

/**
 * The first moment of a day such as `2026-11-28` in a zone. Where clocks skip midnight it is the moment they go forward, and
 * where they skip the day, that of the next one. Undefined for what is no date.
 */
export function startOfDay(day: string, zone: string): Date | undefined {
  const noon = momentAt(`${day}T12:00`, 'UTC');
  if (!noon || dayOf(noon, 'UTC') !== day) return undefined;
  return momentAt(`${day}T00:00`, zone) ?? firstMinuteOf(day, zone, noon.getTime());
}

/** Halves the time around until the minute is found at which calendars come to a day that has no midnight. */
function firstMinuteOf(day: string, zone: string, noon: number): Date {
  let before = noon - 48 * hourMs;
  let after = noon + 48 * hourMs;
  while (after - before > minuteMs) {
    const middle = before + Math.round((after - before) / 2 / minuteMs) * minuteMs;
    if (wallOf(middle, zone).slice(0, 10) >= day) after = middle;
    else before = middle;
  }
  return new Date(after);
}

/** The day so many days after another one, in the calendar; before it, where the number is negative. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00Z`) + days * 24 * hourMs).toISOString().slice(0, 10);
}

/** The moment at which a day ends in a zone: the start of the next one. */
export const endOfDay = ({ day, start }: Day, zone: string): Date => startOfDay(addDays(day, 1), zone) ?? start;

/** The days of a zone from the one that a moment is in to the one that another moment is in, with both, oldest first. */
export function daysFrom(from: Date, until: Date, zone: string): Day[] {
  const last = dayOf(until, zone);
  const days: Day[] = [];
  for (let day = dayOf(from, zone); day <= last; day = addDays(day, 1)) {
    const before = days.at(-1)?.start;
    const start = (before && usualNext(before, day, zone)) ?? unusualStart(day, zone);
    if (start) days.push({ day, start });
  }
  return days;
}

/** Nearly every day is 24 hours long, which is quick to see. */
function usualNext(before: Date, day: string, zone: string): Date | undefined {
  const next = before.getTime() + 24 * hourMs;
  return wallOf(next, zone) === `${day}T00:00` && wallOf(next - minuteMs, zone) < `${day}T00:00`
    ? new Date(next)
    : undefined;
}

function unusualStart(day: string, zone: string): Date | undefined {
  const start = startOfDay(day, zone);
  return start && dayOf(start, zone) === day ? start : undefined;
}
