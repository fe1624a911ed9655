import { addDays, dayOf, startOfDay } from './calendar.ts';

/** Periods that are offered, up to now: so many whole days with today, or calendar months. */
export const periodKeys = ['7d', '30d', '90d', '13m'] as const;
export type PeriodKey = (typeof periodKeys)[number];

/** What an address asks of a trend. Days are as they were written, `2026-11-28`, and may be none; without `to`, until now. */
export type TrendAsked = {
  period: PeriodKey | { from: string | null; to: string | null } | { unknown: string };
  /** The plan whose steps are shown; null: the page chooses. */
  plan: string | null;
  asTable: boolean;
};

/** Why no period comes of what an address asks for. */
export type PeriodProblem =
  | { code: 'unknown-period'; text: string }
  | { code: 'no-date'; text: string }
  | { code: 'no-start' }
  | { code: 'backwards'; from: string; to: string }
  | { code: 'future'; day: string };

/** Moments, of which the end is not part. `endsLater`: the end that was asked for is in the future, so that it is now. */
export type AskedPeriod = { from: Date; to: Date; endsLater: boolean };

type Params = Record<string, string | string[] | undefined>;

const isPeriodKey = (text: string): text is PeriodKey => periodKeys.some((key) => key === text);

/** Reads an address; of what is given twice, the first counts. Nothing is refused here: `periodOf` says what is wrong. */
export function trendAsked(params: Params): TrendAsked {
  const given = (name: string) => [params[name]].flat()[0] || null;
  const [period, from, to] = [given('period'), given('from'), given('to')];
  return {
    period: from || to ? { from, to } : periodNamed(period ?? '30d'),
    plan: given('plan'),
    asTable: given('view') === 'table',
  };
}

const periodNamed = (text: string) => (isPeriodKey(text) ? text : { unknown: text });

/** The parameters of what is asked for, without what goes without saying. */
function paramsOf({ period, plan, asTable }: TrendAsked): URLSearchParams {
  const params = new URLSearchParams();
  if (typeof period === 'string') {
    if (period !== '30d') params.set('period', period);
  } else if ('unknown' in period) {
    params.set('period', period.unknown);
  } else {
    if (period.from) params.set('from', period.from);
    if (period.to) params.set('to', period.to);
  }
  if (plan !== null) params.set('plan', plan);
  if (asTable) params.set('view', 'table');
  return params;
}

/** An address with its parameters. */
export const withParams = (path: string, params: URLSearchParams) => (params.size === 0 ? path : `${path}?${params}`);

/** Where the pages about the trend of an account are; of all accounts where it is null. */
export const pathOf = (accountId: string | null) =>
  accountId === null ? '/accounts/trend' : `/accounts/${encodeURIComponent(accountId)}/trend`;

/** Where the data about the trend of an account is; of all accounts where it is null. */
export const apiPathOf = (accountId: string | null) => (accountId === null ? '/api/trend' : `/api${pathOf(accountId)}`);

/** Where the departments of an account are, where they are as CSV, and where a file of them is handed in. */
export const departmentsPath = (accountId: string) => `${pathOf(accountId)}/departments`;
export const departmentsExportPath = (accountId: string) => `${apiPathOf(accountId)}/departments/export`;
export const departmentsUploadPath = (accountId: string) => `${apiPathOf(accountId)}/departments/upload`;

const ofPage: TrendAsked = { period: '30d', plan: null, asTable: false };

/** Where the trend of an account is; of all accounts where it is null. */
export const trendPath = (accountId: string | null, asked: TrendAsked = ofPage) =>
  withParams(pathOf(accountId), paramsOf(asked));

/** Where the same is as CSV. */
export const trendExportPath = (accountId: string | null, asked: TrendAsked) =>
  withParams(`${apiPathOf(accountId)}/export`, paramsOf({ ...asked, asTable: false }));

/**
 * What is compared, as it was written: the beginning of a day `from` and the end of a day `to`, such as `2026-11-28`. The start may
 * also be a moment, `2026-11-24T10:02:00Z`. Null where nothing is written; without `to`, until now.
 */
export type DaysAsked = { from: string | null; to: string | null };

/** The parameters of an address of a comparison. */
export const daysParams = ({ from, to }: DaysAsked) =>
  new URLSearchParams([...(from === null ? [] : [['from', from]]), ...(to === null ? [] : [['to', to]])]);

/** Where two days of an account are compared, or of all accounts where it is null; without days, the page chooses them. */
export const comparePath = (accountId: string | null, days: DaysAsked = { from: null, to: null }) =>
  withParams(`${pathOf(accountId)}/compare`, daysParams(days));

/** Steps of an account: moments are ISO-8601, `until` is not part of it; what is not said is not narrowed. */
export type StepAsked = {
  from: string;
  until: string;
  license?: string;
  direction?: 'up' | 'down';
  by?: 'inside' | 'outside';
};

/** Where the people of steps are listed. */
export const stepPath = (accountId: string | null, step: StepAsked) =>
  withParams(`${pathOf(accountId)}/step`, new URLSearchParams(step));

/** The period that is asked for, by the clock and the zone of the product, or why there is none. */
export function periodOf({ period }: Pick<TrendAsked, 'period'>, now: Date, zone: string): AskedPeriod | PeriodProblem {
  const today = dayOf(now, zone);
  if (typeof period === 'string') return sinceDay(firstDay[period](today), now, zone);
  if ('unknown' in period) return { code: 'unknown-period', text: period.unknown };
  const { from, to } = period;
  if (from === null) return { code: 'no-start' };
  const start = startOfDay(from, zone);
  if (!start) return { code: 'no-date', text: from };
  const last = to ?? today;
  const end = startOfDay(last, zone) && startOfDay(addDays(last, 1), zone);
  if (!end) return { code: 'no-date', text: last };
  if (to !== null && to < from) return { code: 'backwards', from, to };
  if (start >= now) return { code: 'future', day: from };
  return { from: start, to: end, endsLater: last > today };
}

const sinceDay = (day: string, now: Date, zone: string): AskedPeriod => ({
  from: startOfDay(day, zone) ?? now,
  to: startOfDay(addDays(dayOf(now, zone), 1), zone) ?? now,
  endsLater: false,
});

const firstDay: Record<PeriodKey, (today: string) => string> = {
  '7d': (today) => addDays(today, -6),
  '30d': (today) => addDays(today, -29),
  '90d': (today) => addDays(today, -89),
  '13m': (today) => monthsBefore(today, 13),
};

/** The same day of an earlier month; its last where it has no such day. */
function monthsBefore(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month - months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 - months, Math.min(date, last))).toISOString().slice(0, 10);
}
