import { csvHead, csvLine } from '../csv.ts';
import { trendFile } from '../texts/trend/trend.ts';
import { dayOf } from '../trend/calendar.ts';
import { levelIn, licensesIn, madeUpUntil } from '../trend/summary.ts';
import type { TrendGap, TrendPoint, TrendSeries } from '../trend/trend.ts';
import { wallOf } from '../wall-clock.ts';
import { filePart } from './export-name.ts';

/** As in `trend-nordwind-group-2026-10-30-2026-11-28.csv`: the account, the first and the last day. */
export function trendExportName(accountName: string, { points, asOf, zone }: TrendSeries): string {
  const days = [points[0]?.day ?? '', points.at(-1)?.day ?? dayOf(new Date(asOf), zone)];
  return `${['trend', filePart(accountName.toLowerCase()), ...days].filter((part) => part !== '').join('-')}.csv`;
}

/**
 * The numbers of a series as CSV (RFC 4180): a line for each point and plan, oldest first, then what was seen after times without
 * updates. Of each plan, the first number at the start with all that went up and down comes to the last one at the end.
 */
export async function* exportTrend(series: TrendSeries, accountName: string): AsyncGenerator<string> {
  yield csvHead(trendFile.headings(series.zone));
  const licenses = licensesIn(series);
  for (const point of series.points) {
    yield licenses.map((license) => pointLine(series, accountName, point, license)).join('');
  }
  for (const gap of series.gaps) yield gapLines(series, accountName, gap);
}

function pointLine(series: TrendSeries, accountName: string, point: TrendPoint, license: string): string {
  const { opening, closing, lowest, highest, up, down, joined, left } = levelIn(point, license);
  const example = madeUpUntil(series);
  const counts = [opening, closing, lowest, highest, up.inside, up.outside, joined, down.inside, down.outside, left];
  const notes = [
    point.isOpen ? trendFile.isOpen : '',
    point.isSeen ? '' : trendFile.notSeen,
    example !== null && point.until <= example ? trendFile.example : '',
  ];
  return csvLine([
    clock(point.from, series),
    clock(point.isOpen ? series.asOf : point.until, series),
    trendFile.plan(license),
    ...counts.map(String),
    notes.filter(Boolean).join('; '),
    ...about(series, accountName),
  ]);
}

function gapLines(series: TrendSeries, accountName: string, gap: TrendGap): string {
  const seen = Object.entries(gap.licenses);
  const lines: [string, string, string][] =
    seen.length === 0
      ? [['', '', '']]
      : seen.map(([license, { up, down }]) => [trendFile.plan(license), String(up), String(down)]);
  return lines
    .map(([plan, up, down]) =>
      csvLine([
        clock(gap.from, series),
        gap.until === null ? '' : clock(gap.until, series),
        plan,
        ...['', '', '', '', '', up, '', '', down, ''],
        trendFile.gap(gap, series.zone),
        ...about(series, accountName),
      ]),
    )
    .join('');
}

const about = ({ zone, asOf }: TrendSeries, accountName: string) => [
  accountName,
  zone,
  wallOf(Date.parse(asOf), zone).replace('T', ' '),
];

/** What clocks in the reporting zone show, as spreadsheets take it. */
const clock = (at: string, { zone }: TrendSeries) => wallOf(Date.parse(at), zone).replace('T', ' ');
