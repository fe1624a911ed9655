import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Level, levelOf, type TrendGap, type TrendPoint, type TrendSeries } from '@/lib/trend/trend.ts';
import {
  apart,
  barsOf,
  blindTimes,
  columnsOf,
  datesOf,
  exampleUntil,
  gapBands,
  linesOf,
  pathOf,
  smallLine,
  spanOf,
  ticksTo,
} from './geometry.ts';

const dayMs = 86_400_000;
const start = Date.parse('2026-10-01T00:00:00Z');
const day = (index: number) => new Date(start + index * dayMs).toISOString();

/** A series of one account by the day: what Pro was at the end of each. */
function seriesOf(closings: number[], more: Partial<TrendSeries> = {}): TrendSeries {
  const points = closings.map((closing, index): TrendPoint => {
    const opening = closings[index - 1] ?? closing;
    return {
      from: day(index),
      until: day(index + 1),
      day: day(index).slice(0, 10),
      isOpen: false,
      isSeen: true,
      licenses: { Pro: steps(opening, closing) },
    };
  });
  return {
    zone: 'UTC',
    asOf: day(closings.length),
    pointIs: { unit: 'day', count: 1 },
    known: [{ accountId: 'a', knownFrom: day(-10), madeUpUntil: null }],
    points,
    gaps: [],
    ...more,
  };
}

const steps = (opening: number, closing: number): Level => ({
  ...levelOf(closing),
  opening,
  lowest: Math.min(opening, closing),
  highest: Math.max(opening, closing),
  up: { inside: Math.max(0, closing - opening), outside: 0 },
  down: { inside: 0, outside: Math.max(0, opening - closing) },
});

const gap = (from: number, until: number | null, seen: { up: number; down: number } | null = null): TrendGap => ({
  accountId: 'a',
  from: new Date(start + from * dayMs).toISOString(),
  until: until === null ? null : new Date(start + until * dayMs).toISOString(),
  because: null,
  licenses: seen ? { Pro: seen } : {},
});

test('a line goes through what there was at the end of each day', () => {
  const series = seriesOf([10, 10, 20, 5]);
  const [line] = linesOf(series, ['Pro'], spanOf(series), 20);

  expect(line).toEqual({
    license: 'Pro',
    parts: [
      [
        { x: 0, y: 500 },
        { x: 250, y: 500 },
        { x: 500, y: 500 },
        { x: 750, y: 0 },
        { x: 1000, y: 750 },
      ],
    ],
    ranges: [],
    end: { x: 1000, y: 750 },
    people: 5,
  });
});

test('the line of today ends now', () => {
  const series = seriesOf([10, 12], { asOf: new Date(start + 1.5 * dayMs).toISOString() });
  const [first, last] = series.points;
  const open = { ...series, points: first && last ? [first, { ...last, isOpen: true }] : [] };

  expect(linesOf(open, ['Pro'], spanOf(open), 20)[0]?.end).toEqual({ x: 750, y: 400 });
});

test('a gap is a gap: there is no line in it, and what is seen after it is there when it ends', () => {
  const series = seriesOf([10, 10, 10, 20], { gaps: [gap(1, 3.5, { up: 10, down: 0 })] });
  const [line] = linesOf(series, ['Pro'], spanOf(series), 20);

  expect(line?.parts).toEqual([
    [
      { x: 0, y: 500 },
      { x: 250, y: 500 },
    ],
    [
      { x: 875, y: 0 },
      { x: 1000, y: 0 },
    ],
  ]);
  expect(gapBands(series, spanOf(series))).toEqual([{ x: 250, width: 625 }]);
});

test('what was seen after a gap is one bar over all of it, and outside', () => {
  const series = seriesOf([10, 10, 10, 10], { gaps: [gap(1, 3, { up: 6, down: 2 })] });
  const { bars, mostUp, mostDown, zero } = barsOf(series, 'Pro', spanOf(series));

  expect({ mostUp, mostDown, zero }).toEqual({ mostUp: 6, mostDown: 2, zero: 750 });
  expect(bars).toEqual({
    inside: [],
    outside: [
      { x: 250, width: 500, y: 0, height: 750 },
      { x: 250, width: 500, y: 750, height: 250 },
    ],
  });
});

test('a gap that lasts reaches until now, and one outside the period takes no room from the line', () => {
  const series = seriesOf([10, 10], { gaps: [gap(-9, -8), gap(1.5, null)] });

  expect(gapBands(series, spanOf(series))).toEqual([
    { x: 0, width: 2 },
    { x: 750, width: 250 },
  ]);
  expect(linesOf(series, ['Pro'], spanOf(series), 20)[0]?.parts).toEqual([
    [
      { x: 0, y: 500 },
      { x: 500, y: 500 },
      { x: 750, y: 500 },
    ],
    [{ x: 1000, y: 500 }],
  ]);
});

test('the line of several accounts breaks only where none of them was seen', () => {
  const two = [
    { accountId: 'a', knownFrom: day(-1), madeUpUntil: null },
    { accountId: 'b', knownFrom: day(-1), madeUpUntil: null },
  ];
  const series = seriesOf([1, 1, 1, 1], { known: two, gaps: [gap(1, 3), { ...gap(2, 4), accountId: 'b' }] });

  expect(blindTimes(series)).toEqual([{ from: start + 2 * dayMs, until: start + 3 * dayMs }]);
});

test('a spike within a point does not vanish', () => {
  const series = seriesOf([10, 10]);
  const [first, second] = series.points;
  const spiked = {
    ...series,
    points:
      first && second ? [first, { ...second, licenses: { Pro: { ...levelOf(10), lowest: 4, highest: 18 } } }] : [],
  };

  expect(linesOf(spiked, ['Pro'], spanOf(spiked), 20)[0]?.ranges).toEqual([{ x: 750, low: 800, high: 100 }]);
});

test.each([
  [0, [0, 1]],
  [1, [0, 1]],
  [3, [0, 1, 2, 3]],
  [968, [0, 250, 500, 750, 1000]],
  [7, [0, 2, 4, 6, 8]],
  [400, [0, 100, 200, 300, 400]],
  [1_000_000, [0, 250_000, 500_000, 750_000, 1_000_000]],
])('the numbers beside a chart up to %i are %o', (highest, ticks) => {
  expect(ticksTo(highest)).toEqual(ticks);
});

test('example history is drawn up to where it ends', () => {
  const known = [{ accountId: 'a', knownFrom: day(-10), madeUpUntil: day(1) }];
  const series = seriesOf([1, 1, 1, 1], { known });
  expect(exampleUntil(series, spanOf(series))).toBe(250);
  expect(exampleUntil(seriesOf([1]), spanOf(seriesOf([1])))).toBe(0);
});

test('where nobody is left, lines lie on the ground', () => {
  const series = seriesOf([3, 0, 0]);
  const [line] = linesOf(series, ['Pro'], spanOf(series), 3);
  expect(line).toMatchObject({ people: 0, end: { x: 1000, y: 1000 } });
});

test('a long period has the first of months below it, a short one days', () => {
  const long = seriesOf(Array.from({ length: 395 }, () => 1));
  const dates = datesOf(long, spanOf(long));
  expect(dates.length).toBeLessThanOrEqual(7);
  expect(dates.every((one) => one.day.endsWith('-01'))).toBe(true);
  const short = seriesOf([1, 1, 1]);
  expect(datesOf(short, spanOf(short)).map((one) => one.day)).toEqual(['2026-10-01', '2026-10-02', '2026-10-03']);
});

const anySeries = fc
  .record({
    closings: fc.array(fc.nat(5_000), { minLength: 1, maxLength: 60 }),
    spikes: fc.array(fc.nat(300), { maxLength: 60 }),
    gaps: fc.uniqueArray(fc.integer({ min: 0, max: 600 }), { maxLength: 6 }),
    seen: fc.record({ up: fc.nat(300), down: fc.nat(300) }),
    knownFrom: fc.integer({ min: -5, max: 3 }),
    isOpen: fc.boolean(),
  })
  .map(({ closings, spikes, gaps, seen, knownFrom, isOpen }) => {
    const known = [{ accountId: 'a', knownFrom: day(Math.min(knownFrom, closings.length - 1)), madeUpUntil: null }];
    const ends = gaps.sort((one, other) => one - other).map((tenths) => tenths / 10);
    const pairs = ends.flatMap((end, index) => (index % 2 === 1 ? [gap(ends[index - 1] ?? 0, end, seen)] : []));
    const series = seriesOf(closings, { known, gaps: pairs });
    return {
      ...series,
      asOf: new Date(start + (closings.length - (isOpen ? 0.4 : 0)) * dayMs).toISOString(),
      points: series.points.map((point, index) => {
        const level = point.licenses.Pro ?? levelOf(0);
        const spike = spikes[index] ?? 0;
        const licenses = {
          Pro: { ...level, highest: level.highest + spike },
          Basic: { ...levelOf(spike), lowest: 0 },
        };
        return { ...point, isOpen: isOpen && index === closings.length - 1, licenses };
      }),
    };
  });

const isInside = (value: number) => value >= 0 && value <= 1000;

test('whatever happened, everything is inside its panel, lines never go back, and bars stand on the zero line', () => {
  fc.assert(
    fc.property(anySeries, (series) => {
      const span = spanOf(series);
      const top = ticksTo(6_000).at(-1) ?? 1;
      for (const { parts, ranges, end } of linesOf(series, ['Basic', 'Pro', 'Plus'], span, top)) {
        const spots = parts.flat();
        expect([...spots, end].every(({ x, y }) => isInside(x) && isInside(y))).toBe(true);
        expect(spots.every(({ x }, index) => x >= (spots[index - 1]?.x ?? 0))).toBe(true);
        expect(ranges.every(({ x, low, high }) => isInside(x) && isInside(low) && isInside(high) && high <= low)).toBe(
          true,
        );
      }
      const { bars, zero } = barsOf(series, 'Pro', span);
      for (const { x, width, y, height } of [...bars.inside, ...bars.outside]) {
        expect(x >= 0 && y >= 0 && x + width <= 1000.2 && y + height <= 1000.2).toBe(true);
      }
      for (const { y, height } of bars.inside) {
        expect(Math.min(Math.abs(y - zero), Math.abs(y + height - zero))).toBeLessThan(0.2);
      }
      for (const { x, width } of [...gapBands(series, span), ...columnsOf(series, span)]) {
        expect(x >= 0 && width >= 0 && x + width <= 1000.2).toBe(true);
      }
      const { parts } = smallLine(series, 'Pro');
      expect(parts.flat().every(({ x, y }) => isInside(x) && isInside(y))).toBe(true);
      expect(pathOf(parts)).toMatch(/^(?:M[\d.]+ [\d.]+(?:L[\d.]+ [\d.]+)*)+$/);
    }),
  );
});

test('labels never overlap, stay inside, and stand in the order of their lines', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(1000), { minLength: 1, maxLength: 8 }),
      fc.integer({ min: 1, max: 140 }),
      (wanted, gap) => {
        const placed = apart(wanted, gap);
        const order = wanted.map((_, index) => index).sort((a, b) => (placed[a] ?? 0) - (placed[b] ?? 0));
        const sorted = order.map((index) => placed[index] ?? 0);
        const room = Math.min(gap, 1000 / Math.max(1, wanted.length - 1));
        expect(sorted.every((at, index) => index === 0 || at - (sorted[index - 1] ?? 0) >= room - 0.001)).toBe(true);
        expect(placed.every((at) => at >= -0.001 && at <= 1000.001)).toBe(true);
        for (const [one, other] of order.flatMap((index, at) =>
          at > 0 ? [[order[at - 1] ?? 0, index] as const] : [],
        )) {
          expect(wanted[one] ?? 0).toBeLessThanOrEqual(wanted[other] ?? 0);
        }
      },
    ),
  );
});

test('a label that has room stays at its line', () => {
  expect(apart([500], 80)).toEqual([500]);
  expect(apart([900, 100], 80)).toEqual([900, 100]);
  expect(apart([1000, 990], 80)).toEqual([1000, 920]);
});
