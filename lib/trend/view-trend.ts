import type { Database } from '../db/database.ts';
import { periodOf, type TrendAsked } from './address.ts';
import { largestStep } from './find-largest-step-store.ts';
import { findLedgers } from './ledger/ledger-store.ts';
import { trendSeries } from './show-trend.ts';
import { levelIn, licensesIn, mainLicense, summaryOf, type TrendView } from './summary.ts';
import type { LargestStep, TrendPoint, TrendSeries } from './trend.ts';

/** The trend that an address asks for, of these accounts together. Days are those of the zone. */
export async function viewTrend(
  db: Database,
  accountIds: string[],
  asked: TrendAsked,
  zone: string,
): Promise<TrendView> {
  const { now } = await findLedgers(db, accountIds);
  const period = periodOf(asked, now, zone);
  if ('code' in period) return { problem: period };
  const series = await trendSeries(db, { accountIds, from: period.from, to: period.to }, zone);
  const licenses = licensesIn(series);
  const chosen = licenses.find((license) => license === asked.plan) ?? mainLicense(series);
  const step = chosen === null ? null : await largestIn(db, accountIds, series, chosen);
  const summaries = licenses
    .toSorted((one, other) => Number(other === chosen) - Number(one === chosen))
    .flatMap((license) => summaryOf(series, license, asked, period, license === chosen ? step : null) ?? []);
  return { problem: null, series, period, licenses, chosen, summaries };
}

/** So many points are looked into for the largest step: each of them once, and most often the first has it. */
const mostLooks = 5;

/**
 * The largest step in a series. Only the movements of few points are read: no step within a point is larger than all that went
 * one way there. A batch that runs over midnight counts as a step each day.
 */
async function largestIn(
  db: Database,
  accountIds: string[],
  series: TrendSeries,
  license: string,
): Promise<LargestStep | null> {
  const candidates = series.points
    .map((point) => ({ point, most: mostOf(series, point, license) }))
    .filter(({ most }) => most > 0)
    .toSorted((one, other) => other.most - one.most)
    .slice(0, mostLooks);
  let largest: LargestStep | null = null;
  for (const { point, most } of candidates) {
    if (largest && Math.abs(largest.change) >= most) break;
    const within = { accountIds, from: new Date(point.from), to: new Date(point.until) };
    const step = await largestStep(db, within, license, series.zone);
    if (step && Math.abs(step.change) > Math.abs(largest?.change ?? 0)) largest = step;
  }
  return largest;
}

function mostOf({ gaps }: TrendSeries, point: TrendPoint, license: string): number {
  const { up, down } = levelIn(point, license);
  const seenLate = gaps.filter(({ until }) => until !== null && until >= point.from && until < point.until);
  const late = (direction: 'up' | 'down') =>
    seenLate.reduce((sum, gap) => sum + (gap.licenses[license]?.[direction] ?? 0), 0);
  return Math.max(up.inside, up.outside + late('up'), down.inside, down.outside + late('down'));
}
