import { expect, test } from 'vitest';
import { comparePath, periodOf, stepPath, type TrendAsked, trendAsked, trendExportPath, trendPath } from './address.ts';

const now = new Date('2026-11-28T15:00:00Z');
const asked = (params: Record<string, string>) => periodOf(trendAsked(params), now, 'UTC');

test.each([
  [{}, '2026-10-30T00:00:00.000Z'],
  [{ period: '7d' }, '2026-11-22T00:00:00.000Z'],
  [{ period: '90d' }, '2026-08-31T00:00:00.000Z'],
  [{ period: '13m' }, '2025-10-28T00:00:00.000Z'],
  [{ from: '2026-11-03' }, '2026-11-03T00:00:00.000Z'],
])('%o reaches from there to the end of today', (params, from) => {
  expect(asked(params)).toEqual({ from: new Date(from), to: new Date('2026-11-29T00:00:00Z'), endsLater: false });
});

test('thirteen months before the last day of a month is the last day of a shorter one', () => {
  const end = periodOf(trendAsked({ period: '13m' }), new Date('2027-03-31T12:00:00Z'), 'UTC');
  expect(end).toMatchObject({ from: new Date('2026-02-28T00:00:00Z') });
});

test('both days that are named are part of a period, in the zone', () => {
  expect(periodOf(trendAsked({ from: '2026-11-03', to: '2026-11-03' }), now, 'Europe/Berlin')).toEqual({
    from: new Date('2026-11-02T23:00:00Z'),
    to: new Date('2026-11-03T23:00:00Z'),
    endsLater: false,
  });
});

test('a day whose midnight the zone skips begins when its clocks go on, and one that it leaves out with the next', () => {
  const beirut = periodOf(
    trendAsked({ from: '2022-03-27', to: '2022-03-27' }),
    new Date('2022-04-20T00:00:00Z'),
    'Asia/Beirut',
  );
  expect(beirut).toMatchObject({ from: new Date('2022-03-26T22:00:00Z'), to: new Date('2022-03-27T21:00:00Z') });

  const apia = periodOf(trendAsked({ from: '2011-12-30' }), new Date('2012-01-02T00:00:00Z'), 'Pacific/Apia');
  expect(apia).toMatchObject({ from: new Date('2011-12-30T10:00:00Z') });
});

test.each<[Record<string, string>, object]>([
  [
    { from: '2028-02-29', to: '2028-03-01' },
    { code: 'future', day: '2028-02-29' },
  ],
  [
    { from: '2026-02-29', to: '2026-03-01' },
    { code: 'no-date', text: '2026-02-29' },
  ],
  [
    { from: '2026-11-01', to: 'yesterday' },
    { code: 'no-date', text: 'yesterday' },
  ],
  [
    { from: '2026-11-05', to: '2026-11-03' },
    { code: 'backwards', from: '2026-11-05', to: '2026-11-03' },
  ],
  [{ to: '2026-11-03' }, { code: 'no-start' }],
  [{ from: '2026-11-29' }, { code: 'future', day: '2026-11-29' }],
  [{ period: '5y' }, { code: 'unknown-period', text: '5y' }],
])('%o is no period: %o', (params, problem) => {
  expect(asked(params)).toEqual(problem);
});

test('29 February is a day in a leap year, and an end in the future is now', () => {
  const leap = periodOf(trendAsked({ from: '2024-02-29', to: '2024-02-29' }), now, 'UTC');
  expect(leap).toMatchObject({ from: new Date('2024-02-29T00:00:00Z'), to: new Date('2024-03-01T00:00:00Z') });
  expect(asked({ from: '2026-11-20', to: '2027-01-01' })).toMatchObject({ endsLater: true });
});

test.each<TrendAsked>([
  { period: '30d', plan: null, asTable: false },
  { period: '13m', plan: 'Pro & more', asTable: true },
  { period: { from: '2026-11-03', to: '2026-11-20' }, plan: 'Basic', asTable: false },
  { period: { from: null, to: 'x=1&y' }, plan: null, asTable: true },
  { period: { unknown: '5y' }, plan: null, asTable: false },
])('an address of a trend is read as it was written: %o', (one) => {
  const { searchParams } = new URL(trendPath('a', one), 'http://localhost');
  expect(trendAsked(Object.fromEntries(searchParams))).toEqual(one);
});

test('a parameter that is given twice or without a value breaks nothing', () => {
  expect(trendAsked({ period: ['7d', '90d'], from: '', plan: [] })).toEqual({
    period: '7d',
    plan: null,
    asTable: false,
  });
});

test('addresses say no more than they have to', () => {
  expect(trendPath('a')).toBe('/accounts/a/trend');
  expect(trendPath(null)).toBe('/accounts/trend');
  expect(trendExportPath(null, { period: '7d', plan: null, asTable: true })).toBe('/api/trend/export?period=7d');
  expect(comparePath('a')).toBe('/accounts/a/trend/compare');
  expect(comparePath('a', { from: '2026-11-01', to: '2026-11-28' })).toBe(
    '/accounts/a/trend/compare?from=2026-11-01&to=2026-11-28',
  );
  const step = { from: '2026-11-03T00:00:00.000Z', until: '2026-11-04T00:00:00.000Z' };
  expect(stepPath('a', { ...step, license: 'Pro', direction: 'up', by: 'inside' })).toBe(
    '/accounts/a/trend/step?from=2026-11-03T00%3A00%3A00.000Z&until=2026-11-04T00%3A00%3A00.000Z&license=Pro&direction=up&by=inside',
  );
});
