import { licenses } from '../licenses/license.ts';
import { noValue } from '../search/filter.ts';
import { type AskedPeriod, type PeriodKey, type PeriodProblem, periodKeys, type TrendAsked } from './address.ts';
import { dayOf } from './calendar.ts';
import {
  type Known,
  type LargestStep,
  type Level,
  levelOf,
  sumOf,
  type TrendPoint,
  type TrendSeries,
} from './trend.ts';

/** Over what time a summary is. Moments are ISO-8601, days such as `2026-11-28`; without `to`, until now. */
export type Stretch = { period: PeriodKey } | { since: string } | { from: string; to: string | null };

/** The largest step with what has to be said of it. `afterGap`: it was seen when an account was seen again. */
export type SummaryStep = LargestStep & { afterGap: boolean; isMadeUp: boolean };

/** How one license went in a period. */
export type TrendSummary = {
  license: string;
  opening: number;
  closing: number;
  /** Whether anybody got the license or lost it in between. */
  hasSteps: boolean;
  over: Stretch;
  step: SummaryStep | null;
};

/** What a page about a trend shows, or why it shows none. */
export type TrendView = { problem: PeriodProblem } | TrendShown;

export type TrendShown = {
  problem: null;
  series: TrendSeries;
  period: AskedPeriod;
  licenses: string[];
  /** The one that steps are shown of; null where nothing is known of the period. */
  chosen: string | null;
  /** Of each license, the chosen one first; its step only of that one. */
  summaries: TrendSummary[];
};

/** The licenses of a series: as Chime documents them, then others by name, then those that Chime says nothing of. */
export function licensesIn({ points }: TrendSeries): string[] {
  const there = new Set(points.flatMap((point) => Object.keys(point.licenses)));
  const known: string[] = licenses.filter((license) => there.has(license));
  const others = [...there].filter((license) => !known.includes(license) && license !== noValue).sort();
  return [...known, ...others, ...(there.has(noValue) ? [noValue] : [])];
}

/** The license that a page is about unless told otherwise: Pro, which costs; else the one that most people have had. */
export function mainLicense(series: TrendSeries): string | null {
  const there = licensesIn(series);
  if (there.includes('Pro')) return 'Pro';
  const most = (license: string) => Math.max(...series.points.map((point) => levelIn(point, license).highest));
  return there.toSorted((one, other) => most(other) - most(one))[0] ?? null;
}

/** A license in a point; nobody where it is left out there. */
export const levelIn = (point: TrendPoint, license: string): Level => point.licenses[license] ?? levelOf(0);

export const hasSteps = ({ up, down }: Level): boolean => sumOf(up) + sumOf(down) > 0;

/** Up to when history is an example, in any of the accounts; ISO-8601, null where all of it is real. */
export function madeUpUntil({ known }: TrendSeries): string | null {
  return (
    known
      .flatMap((one) => one.madeUpUntil ?? [])
      .sort()
      .at(-1) ?? null
  );
}

/** The same where any of what the series shows is before it. */
export function exampleShown(series: TrendSeries): string | null {
  const until = madeUpUntil(series);
  return until !== null && series.points.some(({ from }) => from < until) ? until : null;
}

/** Accounts of which nothing is known at the beginning of a period, those known earliest first, and those not known at all. */
export function knownLater({ known }: TrendSeries, { from }: AskedPeriod): Known[] {
  const later = known.filter(({ knownFrom }) => knownFrom !== null && new Date(knownFrom) > from);
  return [
    ...later.toSorted((one, other) => ((one.knownFrom ?? '') < (other.knownFrom ?? '') ? -1 : 1)),
    ...known.filter(({ knownFrom }) => knownFrom === null),
  ];
}

/** How a license went; undefined where nothing is known of the period. */
export function summaryOf(
  series: TrendSeries,
  license: string,
  asked: Pick<TrendAsked, 'period'>,
  period: AskedPeriod,
  step: LargestStep | null,
): TrendSummary | undefined {
  const [first, last] = [series.points[0], series.points.at(-1)];
  if (!first || !last) return undefined;
  const levels = series.points.map((point) => levelIn(point, license));
  const late = series.gaps.some(({ licenses: seen }) => {
    const { up, down } = seen[license] ?? { up: 0, down: 0 };
    return up + down > 0;
  });
  return {
    license,
    opening: levelIn(first, license).opening,
    closing: levelIn(last, license).closing,
    hasSteps: late || levels.some(hasSteps),
    over: stretchOf(series, asked, period),
    step: step && { ...step, ...aboutStep(series, step) },
  };
}

function stretchOf(series: TrendSeries, { period: asked }: Pick<TrendAsked, 'period'>, period: AskedPeriod): Stretch {
  const knownFrom = series.known.flatMap((one) => one.knownFrom ?? []).sort()[0];
  const isOpen = series.points.at(-1)?.isOpen ?? true;
  if (isOpen && knownFrom && new Date(knownFrom) > period.from) return { since: knownFrom };
  const key = periodKeys.find((one) => one === asked);
  if (key) return { period: key };
  const first = series.points[0]?.day ?? dayOf(period.from, series.zone);
  return { from: first, to: isOpen ? null : dayOf(new Date(period.to.getTime() - 1), series.zone) };
}

function aboutStep(series: TrendSeries, { origin, license, day, until }: LargestStep) {
  const afterGap =
    origin === 'outside' &&
    series.gaps.some(
      (gap) =>
        gap.until !== null && dayOf(new Date(gap.until), series.zone) === day && gap.licenses[license] !== undefined,
    );
  const example = madeUpUntil(series);
  return { afterGap, isMadeUp: example !== null && until <= example };
}
