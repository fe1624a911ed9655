import { levelIn, madeUpUntil } from '@/lib/trend/summary.ts';
import { sumOf, type TrendGap, type TrendPoint, type TrendSeries } from '@/lib/trend/trend.ts';

/**
 * Where the marks of a chart are. All lengths are thousandths of a panel's width or height, from its top left corner, so that one
 * drawing fits any screen and any font size.
 */
const full = 1000;

/** What a panel is wide, in milliseconds. */
export type Span = { from: number; until: number };

/** A rectangle from top to bottom, or the part of one. */
export type Band = { x: number; width: number };

export type Spot = { x: number; y: number };

export type Line = {
  license: string;
  /** Parts with nothing between them where nobody saw the accounts. */
  parts: Spot[][];
  /** Where a number was lower or higher within a point than at its ends. */
  ranges: { x: number; low: number; high: number }[];
  /** Where it ends, and how many people that is. */
  end: Spot;
  people: number;
};

type Bar = Band & { y: number; height: number };

/** What went up and what went down in one point, or in one gap. Inside stands next to the zero line, outside behind it. */
type Bars = { inside: Bar[]; outside: Bar[] };

const ms = (moment: string) => new Date(moment).getTime();

const rounded = (value: number) => Math.round(value * 10) / 10;

/** From when something is known until the end of the last point. */
export function spanOf({ points, known }: TrendSeries): Span {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return { from: 0, until: 1 };
  const heard = Math.min(...known.flatMap(({ knownFrom }) => (knownFrom === null ? [] : ms(knownFrom))));
  const from = Math.max(ms(first.from), Number.isFinite(heard) ? heard : 0);
  return { from: Math.min(from, ms(last.until) - 1), until: ms(last.until) };
}

/** Where a moment is; moments outside are at the edge. */
const xOf = (at: number, { from, until }: Span): number =>
  rounded(Math.min(full, Math.max(0, ((at - from) / (until - from)) * full)));

/** Round numbers from 0 to the first that is not below the highest: at most five. */
export function ticksTo(highest: number): number[] {
  const least = Math.max(1, highest) / 4;
  const power = 10 ** Math.floor(Math.log10(least));
  const step =
    [1, 2, 2.5, 5, 10]
      .map((times) => times * power)
      .filter(Number.isInteger)
      .find((one) => one >= least) ?? 1;
  const count = Math.max(1, Math.ceil(highest / step));
  return Array.from({ length: count + 1 }, (_, index) => index * step);
}

/** The times in which none of the accounts was seen, oldest first. */
export function blindTimes(series: TrendSeries): Span[] {
  const accounts = series.known.filter(({ knownFrom }) => knownFrom !== null).length;
  const turns = series.gaps
    .flatMap((gap) => [
      { at: ms(gap.from), by: 1 },
      { at: gapEnd(gap, series), by: -1 },
    ])
    .sort((one, other) => one.at - other.at || one.by - other.by);
  const blind: Span[] = [];
  let unseen = 0;
  for (const { at, by } of turns) {
    if (by === 1 && unseen === accounts - 1) blind.push({ from: at, until: at });
    const last = blind.at(-1);
    if (by === -1 && unseen === accounts && last) last.until = at;
    unseen += by;
  }
  return blind.filter(({ from, until }) => until > from);
}

const gapEnd = ({ until }: TrendGap, { asOf }: TrendSeries) => ms(until ?? asOf);

/** One line for each of these licenses. */
export function linesOf(series: TrendSeries, licenses: string[], span: Span, top: number): Line[] {
  const blind = blindTimes(series);
  return licenses.map((license) => {
    const spots = spotsOf(series, license, span, blind);
    const placed = spots.map(({ at, people }) => ({ x: xOf(at, span), y: yOf(people, top), at }));
    const people = spots.at(-1)?.people ?? 0;
    return {
      license,
      parts: partsOf(placed, blind),
      ranges: series.points.flatMap((point) => rangeOf(point, license, span, top)),
      end: { x: placed.at(-1)?.x ?? 0, y: yOf(people, top) },
      people,
    };
  });
}

const yOf = (people: number, top: number) => rounded(full - (Math.min(people, top) / top) * full);

type Reading = { at: number; people: number };

/** How many people there were at the ends of each point, and at those of each time without sight. */
function spotsOf(series: TrendSeries, license: string, span: Span, blind: Span[]): Reading[] {
  return series.points.flatMap((point) => {
    const { opening, closing } = levelIn(point, license);
    const from = Math.max(ms(point.from), span.from);
    const until = Math.max(from, point.isOpen ? Math.min(ms(series.asOf), span.until) : ms(point.until));
    const spots: Reading[] = [{ at: from, people: opening }];
    let people = opening;
    for (const time of blind) {
      if (time.from > from && time.from < until) {
        spots.push({ at: time.from, people: time.until < until ? people : closing });
      }
      if (time.until > from && time.until < until) {
        people += seenAt(series, license, time.until);
        spots.push({ at: time.until, people: Math.max(0, people) });
      }
    }
    return [...spots, { at: until, people: closing }];
  });
}

/** By how many people more or fewer what was seen when these gaps ended. */
const seenAt = (series: TrendSeries, license: string, at: number) =>
  series.gaps
    .filter((gap) => gapEnd(gap, series) === at)
    .reduce((sum, gap) => sum + (gap.licenses[license]?.up ?? 0) - (gap.licenses[license]?.down ?? 0), 0);

/** Leaves out what lies in times without sight, and spots that say nothing new. */
function partsOf(spots: (Spot & { at: number })[], blind: Span[]): Spot[][] {
  const parts: Spot[][] = [];
  let part: Spot[] = [];
  spots.forEach(({ at, x, y }, index) => {
    const before = spots[index - 1];
    const middle = before ? (before.at + at) / 2 : at;
    const isBlind = before !== undefined && blind.some(({ from, until }) => middle >= from && middle < until);
    if (isBlind) {
      if (part.length > 1) parts.push(part);
      part = [];
    }
    const last = part.at(-1);
    if (last?.x !== x || last.y !== y) part.push({ x, y });
  });
  return part.length > 0 ? [...parts, part] : parts;
}

function rangeOf(point: TrendPoint, license: string, span: Span, top: number) {
  const { opening, closing, lowest, highest } = levelIn(point, license);
  if (lowest >= Math.min(opening, closing) && highest <= Math.max(opening, closing)) return [];
  const middle = (Math.max(ms(point.from), span.from) + ms(point.until)) / 2;
  return [{ x: xOf(middle, span), low: yOf(lowest, top), high: yOf(highest, top) }];
}

/** Moves labels apart until each has so much room, near where they belong and in their order; the answer is in the order given. */
export function apart(wanted: number[], gap: number): number[] {
  const room = wanted.length < 2 ? 0 : Math.min(gap, full / (wanted.length - 1));
  const order = wanted.map((_, index) => index).sort((one, other) => (wanted[one] ?? 0) - (wanted[other] ?? 0));
  const placed: number[] = [];
  let least = 0;
  for (const index of order) {
    const at = Math.max(least, wanted[index] ?? 0);
    placed[index] = at;
    least = at + room;
  }
  let most = full;
  for (const index of order.toReversed()) {
    const at = Math.min(most, placed[index] ?? 0);
    placed[index] = at;
    most = at - room;
  }
  return placed;
}

/** The steps of a license: bars of the points and of the gaps, the zero line, and what the longest bars stand for. */
export function barsOf(series: TrendSeries, license: string, span: Span) {
  const ofPoints = series.points.map((point) => {
    const { up, down } = levelIn(point, license);
    return { from: ms(point.from), until: ms(point.until), up, down, share: 0.8 };
  });
  const ofGaps = series.gaps.flatMap((gap) => {
    const seen = gap.licenses[license];
    if (!seen || seen.up + seen.down === 0) return [];
    const outside = (people: number) => ({ inside: 0, outside: people });
    return [
      { from: ms(gap.from), until: gapEnd(gap, series), up: outside(seen.up), down: outside(seen.down), share: 1 },
    ];
  });
  const all = [...ofPoints, ...ofGaps];
  const [mostUp, mostDown] = [
    Math.max(0, ...all.map(({ up }) => sumOf(up))),
    Math.max(0, ...all.map(({ down }) => sumOf(down))),
  ];
  const whole = Math.max(1, mostUp + mostDown);
  const zero = mostUp + mostDown === 0 ? full / 2 : (mostUp / whole) * full;
  const high = (people: number) => (people / whole) * full;
  const bars: Bars = { inside: [], outside: [] };
  for (const { from, until, up, down, share } of all) {
    const [left, right] = [xOf(from, span), xOf(until, span)];
    const width = Math.max(1, (right - left) * share);
    const x = rounded(Math.min(full - width, left + (right - left - width) / 2));
    const add = (where: Bar[], y: number, people: number) => {
      if (people > 0)
        where.push({ x: Math.max(0, x), width: rounded(width), y: rounded(y), height: rounded(high(people)) });
    };
    add(bars.inside, zero - high(up.inside), up.inside);
    add(bars.outside, zero - high(sumOf(up)), up.outside);
    add(bars.inside, zero, down.inside);
    add(bars.outside, zero + high(down.inside), down.outside);
  }
  return { bars, zero: rounded(zero), mostUp, mostDown };
}

const leastBand = 2;

/** Where nobody saw some account, wide enough to be noticed; each place once. */
export function gapBands(series: TrendSeries, span: Span): Band[] {
  const bands = series.gaps.map((gap) => {
    const [left, right] = [xOf(ms(gap.from), span), xOf(gapEnd(gap, series), span)];
    const width = Math.max(leastBand, right - left);
    return { x: Math.min(left, full - width), width: rounded(width) };
  });
  return [...new Map(bands.map((band) => [`${band.x} ${band.width}`, band])).values()];
}

/** How far history is an example, from the left edge; 0 where all that is drawn is real. */
export function exampleUntil(series: TrendSeries, span: Span): number {
  const until = madeUpUntil(series);
  return until === null ? 0 : xOf(ms(until), span);
}

const mostDates = 7;

/** The dates below a chart: so many days or firsts of a month as fit side by side. */
export function datesOf({ points }: TrendSeries, span: Span): { x: number; day: string; isMonth: boolean }[] {
  const days = points.filter(({ day }, index) => day !== points[index - 1]?.day);
  const isLong = span.until - span.from > 100 * 86_400_000;
  const isNewMonth = ({ day }: TrendPoint, index: number) => day.slice(0, 7) !== days[index - 1]?.day.slice(0, 7);
  const offered = isLong ? days.filter((point, index) => index > 0 && isNewMonth(point, index)) : days;
  const every = Math.max(1, Math.ceil(offered.length / mostDates));
  return offered
    .filter((_, index) => index % every === 0)
    .map(({ from, day }) => ({ x: xOf(ms(from), span), day, isMonth: isLong }));
}

/** Where each point is, for what is said of it under the pointer. */
export const columnsOf = ({ points }: TrendSeries, span: Span): Band[] =>
  points.map(({ from, until }) => {
    const left = xOf(ms(from), span);
    return { x: left, width: rounded(xOf(ms(until), span) - left) };
  });

/** The line of one license alone, as high as its numbers differ. */
export function smallLine(series: TrendSeries, license: string): { parts: Spot[][]; end: Spot } {
  const span = spanOf(series);
  const levels = series.points.map((point) => levelIn(point, license));
  const lowest = Math.min(...levels.map(({ opening, closing }) => Math.min(opening, closing)));
  const highest = Math.max(...levels.map(({ opening, closing }) => Math.max(opening, closing)));
  const room = Math.max(1, highest - lowest);
  const y = (people: number) => (highest === lowest ? full / 2 : yOf(Math.max(0, people - lowest), room));
  const blind = blindTimes(series);
  const spots = spotsOf(series, license, span, blind).map(({ at, people }) => ({ at, x: xOf(at, span), y: y(people) }));
  return { parts: partsOf(spots, blind), end: { x: spots.at(-1)?.x ?? 0, y: spots.at(-1)?.y ?? 0 } };
}

/** Parts of a line as the data of an SVG path. */
export const pathOf = (parts: Spot[][]): string =>
  parts.map((part) => part.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${x} ${y}`).join('')).join('');
