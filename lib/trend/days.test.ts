import { describe, expect, test } from 'vitest';
import { comparePage, periodProblem } from '../texts/trend/comparison.ts';
import { comparePath, type DaysAsked } from './address.ts';
import { comparedPeriod, daysAsked, daysOf } from './days.ts';
import { cellAsked, movedPath, movedPeriod, stepAsked } from './links.ts';
import type { CellFilter } from './moved.ts';

const now = new Date('2026-11-28T14:05:00Z');

const saidOf = (asked: DaysAsked, zone = 'UTC', at = now) => {
  const period = comparedPeriod(asked, at, zone);
  return 'code' in period ? periodProblem(period, zone) : period;
};

describe('what is wrong with the days is said in a sentence that says what to do', () => {
  test.each([
    [
      '2026-11-28',
      '2026-11-01',
      'The end, 1 November 2026, is before the start, 28 November 2026. Choose a later end.',
    ],
    ['2026-12-01', '2026-12-24', '1 December 2026 is in the future. Choose an earlier start.'],
    ['2026-02-29', '2026-03-31', 'There is no day 2026-02-29. Write dates like 2026-11-28.'],
    ['3 March', '2026-03-31', '“3 March” is no date. Write dates like 2026-11-28.'],
    [null, '2026-03-31', 'Choose the day from which to compare.'],
    ['2026-11-28T14:06:00Z', null, '28 Nov 2026, 14:06 is in the future. Choose an earlier start.'],
    [
      '2026-11-24T10:02:00Z',
      '2026-11-23',
      'The end, 23 November 2026, is before the start, 24 November 2026. Choose a later end.',
    ],
  ])('from %s to %s', (from, to, sentence) => {
    expect(saidOf({ from, to })).toBe(sentence);
  });

  test('before the first complete listing', () => {
    expect(periodProblem({ code: 'unknown', knownFrom: '2026-11-24T10:02:33Z' }, 'UTC')).toBe(
      'We know nothing before 24 Nov 2026, 10:02. Choose a later start.',
    );
    expect(periodProblem({ code: 'unknown', knownFrom: null }, 'UTC')).toMatch(/^Nothing is known yet/);
  });
});

test('a period begins with its first day and ends with its last one, in the zone; a leap day is one', () => {
  expect(saidOf({ from: '2024-02-29', to: '2024-02-29' }, 'Europe/Berlin')).toEqual({
    from: new Date('2024-02-28T23:00:00Z'),
    to: new Date('2024-02-29T23:00:00Z'),
    endsLater: false,
  });
  expect(saidOf({ from: '2026-11-01', to: '2026-12-31' })).toMatchObject({ endsLater: true });
  expect(saidOf({ from: '2026-11-24T10:02:33.120Z', to: null })).toMatchObject({
    from: new Date('2026-11-24T10:02:33.120Z'),
  });
});

test('a zone that skips the midnight, or the day, says from when it counts', () => {
  expect(comparePage.startsLate('2022-03-27', '2022-03-27T01:00', 'Asia/Beirut')).toBe(
    'In Asia/Beirut, clocks skip midnight on 27 March 2022: the day begins at 01:00.',
  );
  expect(comparePage.startsLate('2011-12-30', '2011-12-31T00:00', 'Pacific/Apia')).toBe(
    'In Pacific/Apia, there was no 30 December 2011: counted from 31 December 2011.',
  );
  expect(saidOf({ from: '2022-03-27', to: '2022-03-27' }, 'Asia/Beirut')).toMatchObject({
    from: new Date('2022-03-26T22:00:00Z'),
  });
});

test.each([
  ['this-month', '2026-11-28', { from: '2026-11-01', to: '2026-11-28' }],
  ['last-month', '2026-11-28', { from: '2026-10-01', to: '2026-10-31' }],
  ['last-month', '2027-01-01', { from: '2026-12-01', to: '2026-12-31' }],
  ['last-month', '2024-03-31', { from: '2024-02-01', to: '2024-02-29' }],
  ['7-days', '2026-11-28', { from: '2026-11-22', to: '2026-11-28' }],
  ['30-days', '2026-11-28', { from: '2026-10-30', to: '2026-11-28' }],
] as const)('%s of %s', (period, today, days) => {
  expect(daysOf(period, today)).toEqual(days);
});

const paramsOf = (path: string) => Object.fromEntries(new URL(path, 'http://localhost').searchParams);
const days = { from: '2026-11-01', to: '2026-11-28' };
const batchId = '00000000-0000-4000-8000-000000000000';

test.each<CellFilter>([
  { from: 'Basic', to: 'Pro' },
  { from: null, to: 'Pro' },
  { from: 'Pro', to: null, origin: 'outside' },
  { to: 'Pro', operatorId: 'dana' },
  { from: 'Pro', batchId, domain: 'nordwind.example' },
  { domain: null },
  { cameBack: true },
])('the address of a list says which people it is of: %o', (filter) => {
  expect(cellAsked(paramsOf(movedPath('a', { of: 'cell', days, filter })))).toEqual({ of: 'cell', days, filter });
});

test('the address of steps is read as it is written, and bad ones are no list', () => {
  const [from, until] = ['2026-11-03T00:00:00.000Z', '2026-11-04T00:00:00.000Z'];
  const filter = { license: 'Pro', direction: 'up', by: 'inside' } as const;
  const asked = stepAsked(paramsOf(movedPath(null, { of: 'step', from, until, filter })));
  expect(asked).toEqual({ of: 'step', from, until, filter });
  expect(asked && movedPeriod(asked, now, 'UTC')).toMatchObject({ from: new Date(from), to: new Date(until) });

  expect(stepAsked({ from, until, direction: 'sideways' })).toBeNull();
  expect(stepAsked({ from, until, by: 'magic' })).toBeNull();
  expect(stepAsked({ from, until, batch: "'; drop table batches" })).toBeNull();
  expect(cellAsked({ ...days, batch: '17' })).toBeNull();
  expect(cellAsked({ ...days, origin: 'chance' })).toBeNull();
  const problem = (params: Record<string, string>) => {
    const step = stepAsked(params);
    const period = step && movedPeriod(step, now, 'UTC');
    return period && 'code' in period ? periodProblem(period, 'UTC') : undefined;
  };
  expect(problem({ from: until, until: from })).toMatch(/^The end, 3 Nov 2026, 00:00, is before the start/);
  expect(problem({ from: '2030-01-01T00:00:00Z', until: '2031-01-01T00:00:00Z' })).toMatch(/is in the future/);
  expect(problem({ from, until: 'soon' })).toBe('“soon” is no date. Write dates like 2026-11-28.');
  expect(problem({ until })).toBe('Choose the day from which to compare.');
});

test('an address that names a day twice, or none, is read without an error', () => {
  expect(daysAsked({ from: ['2026-11-01', '2026-11-02'], to: '' })).toEqual({ from: '2026-11-01', to: null });
  expect(comparePath(null, days)).toBe('/accounts/trend/compare?from=2026-11-01&to=2026-11-28');
});
