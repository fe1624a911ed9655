import { expect, test } from 'vitest';
import { trendAsked } from './address.ts';
import { knownLater, licensesIn, madeUpUntil, mainLicense, summaryOf } from './summary.ts';
import { type LargestStep, levelOf, type TrendPoint, type TrendSeries } from './trend.ts';

const point = (day: string, licenses: TrendPoint['licenses'], isOpen = false): TrendPoint => ({
  from: `${day}T00:00:00.000Z`,
  until: `${day}T23:59:59.999Z`,
  day,
  isOpen,
  isSeen: true,
  licenses,
});

const series = (more: Partial<TrendSeries> = {}): TrendSeries => ({
  zone: 'UTC',
  asOf: '2026-11-28T15:00:00.000Z',
  pointIs: { unit: 'day', count: 1 },
  known: [{ accountId: 'a', knownFrom: '2025-01-01T00:00:00.000Z', madeUpUntil: null }],
  points: [
    point('2026-11-27', { Pro: { ...levelOf(8), closing: 9, highest: 9, up: { inside: 1, outside: 0 } } }),
    point('2026-11-28', { Pro: { ...levelOf(9), closing: 8, lowest: 8, down: { inside: 0, outside: 1 } } }, true),
  ],
  gaps: [],
  ...more,
});

const period = { from: new Date('2026-11-27T00:00:00Z'), to: new Date('2026-11-29T00:00:00Z'), endsLater: false };

const step: LargestStep = {
  license: 'Pro',
  change: 1,
  day: '2026-11-27',
  from: '2026-11-27T10:00:00.000Z',
  until: '2026-11-27T10:00:00.001Z',
  origin: 'outside',
  operator: null,
  batch: null,
};

test('a license went from what it was at the start to what it is at the end', () => {
  expect(summaryOf(series(), 'Pro', trendAsked({}), period, null)).toEqual({
    license: 'Pro',
    opening: 8,
    closing: 8,
    hasSteps: true,
    over: { period: '30d' },
    step: null,
  });
});

test('where everybody has left there is nobody, and a license that nobody has had stays at nobody', () => {
  const gone = series({ points: [point('2026-11-27', { Pro: levelOf(3) }), point('2026-11-28', {}, true)] });
  expect(summaryOf(gone, 'Pro', trendAsked({}), period, null)).toMatchObject({ opening: 3, closing: 0 });
  expect(summaryOf(gone, 'Gold', trendAsked({}), period, null)).toMatchObject({
    opening: 0,
    closing: 0,
    hasSteps: false,
  });
});

test('a summary begins where something is known, and of days that are over says which', () => {
  const known = [{ accountId: 'a', knownFrom: '2026-11-27T10:02:00.000Z', madeUpUntil: null }];
  expect(summaryOf(series({ known }), 'Pro', trendAsked({}), period, null)?.over).toEqual({
    since: '2026-11-27T10:02:00.000Z',
  });
  const over = series({ points: [point('2026-11-26', {}), point('2026-11-27', {})] });
  const days = trendAsked({ from: '2026-11-26', to: '2026-11-27' });
  const asked = { from: new Date('2026-11-26T00:00:00Z'), to: new Date('2026-11-28T00:00:00Z'), endsLater: false };
  expect(summaryOf(over, 'Pro', days, asked, null)?.over).toEqual({ from: '2026-11-26', to: '2026-11-27' });
  expect(summaryOf(series(), 'Pro', trendAsked({ from: '2026-11-27' }), period, null)?.over).toEqual({
    from: '2026-11-27',
    to: null,
  });
});

test('a step that was seen after a gap is said to be, and one of example history too', () => {
  const gap = {
    accountId: 'a',
    from: '2026-11-26T00:00:00.000Z',
    until: '2026-11-27T10:00:00.001Z',
    because: null,
    licenses: { Pro: { up: 1, down: 0 } },
  };
  const late = summaryOf(series({ gaps: [gap] }), 'Pro', trendAsked({}), period, step);
  expect(late?.step).toMatchObject({ afterGap: true, isMadeUp: false });

  const known = [{ accountId: 'a', knownFrom: '2025-01-01T00:00:00.000Z', madeUpUntil: '2026-11-28T00:00:00.000Z' }];
  const example = series({ known });
  expect(summaryOf(example, 'Pro', trendAsked({}), period, step)?.step).toMatchObject({
    afterGap: false,
    isMadeUp: true,
  });
  expect(madeUpUntil(example)).toBe('2026-11-28T00:00:00.000Z');
  expect(madeUpUntil(series())).toBeNull();
});

test('licenses stand as Chime documents them, then those it invents, then those it says nothing of', () => {
  const licenses = { none: levelOf(1), Gold: levelOf(9), Pro: levelOf(2), Basic: levelOf(1) };
  const all = series({ points: [point('2026-11-27', licenses)] });
  expect(licensesIn(all)).toEqual(['Basic', 'Pro', 'Gold', 'none']);
  expect(mainLicense(all)).toBe('Pro');
  expect(mainLicense(series({ points: [point('2026-11-27', { Basic: levelOf(3), Gold: levelOf(4) })] }))).toBe('Gold');
  expect(mainLicense(series({ points: [] }))).toBeNull();
});

test('nothing is said of a period of which nothing is known', () => {
  expect(summaryOf(series({ points: [] }), 'Pro', trendAsked({}), period, null)).toBeUndefined();
});

test('accounts that are known from later on are named in the order in which they came', () => {
  const known = [
    { accountId: 'never', knownFrom: null, madeUpUntil: null },
    { accountId: 'later', knownFrom: '2026-11-28T00:00:00.000Z', madeUpUntil: null },
    { accountId: 'sooner', knownFrom: '2026-11-27T12:00:00.000Z', madeUpUntil: null },
    { accountId: 'always', knownFrom: '2026-11-01T00:00:00.000Z', madeUpUntil: null },
  ];
  expect(knownLater(series({ known }), period).map(({ accountId }) => accountId)).toEqual(['sooner', 'later', 'never']);
});
