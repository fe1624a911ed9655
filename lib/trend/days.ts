import {
  type AskedPeriod,
  apiPathOf,
  type DaysAsked,
  daysParams,
  type PeriodProblem,
  periodOf,
  withParams,
} from './address.ts';
import { addDays, dayOf } from './calendar.ts';

type Params = Record<string, string | string[] | undefined>;

/** Reads an address; of what is given twice, the first counts. Nothing is refused here: `comparedPeriod` says what is wrong. */
export function daysAsked(params: Params): DaysAsked {
  const given = (name: string) => [params[name]].flat()[0]?.slice(0, longest) || null;
  return { from: given('from'), to: given('to') };
}

/** No date or moment is longer. */
const longest = 40;

/** Where a comparison is read again, and where it is as CSV. */
export const comparisonDataPath = (accountId: string | null, asked: DaysAsked) =>
  withParams(`${apiPathOf(accountId)}/compare`, daysParams(asked));
export const comparisonExportPath = (accountId: string | null, asked: DaysAsked) =>
  withParams(`${apiPathOf(accountId)}/compare/export`, daysParams(asked));

/** The period that is compared, by the clock and the zone of the product, or why there is none. */
export function comparedPeriod({ from, to }: DaysAsked, now: Date, zone: string): AskedPeriod | PeriodProblem {
  const start = from === null ? undefined : momentFrom(from);
  if (from === null || !start) return periodOf({ period: { from, to } }, now, zone);
  const ofDays = periodOf({ period: { from: dayOf(start, zone), to } }, now, zone);
  if ('code' in ofDays) return ofDays;
  if (start >= now) return { code: 'future', day: from };
  return start < ofDays.to ? { ...ofDays, from: start } : { code: 'backwards', from, to: to ?? dayOf(now, zone) };
}

const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?Z$/;

/** The moment that an address names (ISO-8601, UTC); undefined for anything else. */
export function momentFrom(text: string): Date | undefined {
  const at = new Date(moment.test(text) ? text : Number.NaN);
  return Number.isNaN(at.getTime()) ? undefined : at;
}

/** The periods that are offered, in days of the zone. */
export const readyPeriods = ['this-month', 'last-month', '7-days', '30-days'] as const;
export type ReadyPeriod = (typeof readyPeriods)[number];

/** From which day to which day an offered period reaches, seen from a day. */
export function daysOf(period: ReadyPeriod, today: string): { from: string; to: string } {
  const month = `${today.slice(0, 7)}-01`;
  const lastOfMonthBefore = addDays(month, -1);
  switch (period) {
    case 'this-month':
      return { from: month, to: today };
    case 'last-month':
      return { from: `${lastOfMonthBefore.slice(0, 7)}-01`, to: lastOfMonthBefore };
    case '7-days':
      return { from: addDays(today, -6), to: today };
    case '30-days':
      return { from: addDays(today, -29), to: today };
  }
}
