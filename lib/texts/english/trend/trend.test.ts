import { expect, test } from 'vitest';
import type { SummaryStep, TrendSummary } from '../../../trend/summary.ts';
import { countNow, gapSentence, seenAfterGap, stepSentence, summarySentence, trendPage } from '../../trend/trend.ts';

const batch: SummaryStep = {
  license: 'Pro',
  change: 112,
  day: '2026-11-03',
  from: '2026-11-03T09:00:00.000Z',
  until: '2026-11-03T09:10:00.000Z',
  origin: 'batch',
  operator: { id: 'dana', name: 'Dana Reyes' },
  batch: { id: 'b', reason: 'Q4 onboarding' },
  afterGap: false,
  isMadeUp: false,
};

const summary: TrendSummary = {
  license: 'Pro',
  opening: 820,
  closing: 968,
  hasSteps: true,
  over: { period: '30d' },
  step: batch,
};

const said = (more: Partial<TrendSummary>) => summarySentence({ ...summary, step: null, ...more }, 'Europe/Berlin');

test('the numbers, the time and the largest step are one text', () => {
  expect(summarySentence(summary, 'UTC')).toBe(
    'Pro went from 820 to 968 in 30 days. Largest step: +112 on 3 November 2026, batch “Q4 onboarding” by Dana Reyes.',
  );
});

test.each<[Partial<TrendSummary>, string]>([
  [{ over: { period: '13m' } }, 'Pro went from 820 to 968 in 13 months.'],
  [{ over: { since: '2026-11-24T10:02:00Z' } }, 'Pro went from 820 to 968 since 24 November 2026, 11:02.'],
  [{ over: { from: '2026-11-03', to: null } }, 'Pro went from 820 to 968 since 3 November 2026.'],
  [
    { over: { from: '2026-11-03', to: '2026-11-20' } },
    'Pro went from 820 to 968 between 3 November 2026 and 20 November 2026.',
  ],
  [{ over: { from: '2026-11-03', to: '2026-11-03' } }, 'Pro went from 820 to 968 on 3 November 2026.'],
  [{ closing: 820, hasSteps: false }, 'Pro stayed at 820 for 30 days.'],
  [{ closing: 820 }, 'Pro is back at 820, where it was 30 days ago.'],
  [
    { closing: 820, over: { since: '2026-11-24T10:02:00Z' } },
    'Pro is back at 820, where it was on 24 November 2026, 11:02.',
  ],
  [{ closing: 0 }, 'Pro went from 820 to 0 in 30 days.'],
  [{ opening: 0, closing: 1, license: 'ProTrial' }, 'Pro trial went from 0 to 1 in 30 days.'],
  [{ license: 'none', opening: 1_000, closing: 12 }, 'Unknown went from 1,000 to 12 in 30 days.'],
  [{ license: 'Enterprise Gold' }, 'Enterprise Gold went from 820 to 968 in 30 days.'],
])('how a plan went: %o', (more, sentence) => {
  expect(said(more)).toBe(sentence);
});

test.each<[Partial<SummaryStep>, string]>([
  [{ change: -1, batch: { id: 'b', reason: null } }, '−1 on 3 November 2026, a batch by Dana Reyes.'],
  [{ origin: 'carillon', batch: null }, '+112 on 3 November 2026, changed by Dana Reyes.'],
  [{ origin: 'carillon', batch: null, operator: null }, '+112 on 3 November 2026, changed in Carillon.'],
  [{ origin: 'ending', batch: null, operator: null, change: -5 }, '−5 on 3 November 2026, temporary plans that ended.'],
  [{ origin: 'outside', batch: null, operator: null }, '+112 on 3 November 2026, outside Carillon.'],
  [
    { origin: 'outside', batch: null, operator: null, afterGap: true },
    '+112 on 3 November 2026, outside Carillon, seen after a time without updates.',
  ],
  [{ isMadeUp: true }, '+112 on 3 November 2026, made up as an example.'],
])('the largest step says what it was: %o', (more, sentence) => {
  expect(stepSentence({ ...batch, ...more })).toBe(`Largest step: ${sentence}`);
});

const gap = {
  accountId: 'a',
  from: '2026-11-04T10:02:00Z',
  until: '2026-11-06T09:30:00Z',
  because: 'no-answer',
  licenses: { Pro: { up: 12, down: 3 } },
};

test('a gap says when and why, and what was seen after it', () => {
  expect(gapSentence(gap, 'UTC', null)).toBe(
    'Not seen from 4 Nov, 10:02 to 6 Nov, 09:30: Amazon Chime did not answer.',
  );
  expect(gapSentence({ ...gap, because: null }, 'UTC', null)).toMatch(/: Carillon did not read the account\.$/);
  expect(gapSentence({ ...gap, because: 'something new' }, 'UTC', null)).toMatch(/: the reading failed\.$/);
  expect(gapSentence({ ...gap, until: null }, 'UTC', 'Harbour Books')).toBe(
    'Harbour Books was not seen since 4 Nov, 10:02: Amazon Chime did not answer.',
  );
  expect(seenAfterGap('Pro', gap.licenses.Pro)).toBe('Seen afterwards, at any time in it: Pro +12 −3.');
});

test('what is not known is said with the moment from which it is', () => {
  expect(trendPage.nothingBefore('2026-11-24T10:02:00Z', 'UTC')).toBe(
    'We know nothing before 24 November 2026, 10:02.',
  );
});

test('a step of the list is spoken with its parts, one person as one', () => {
  const words = { up: { inside: 112, outside: 2 }, down: { inside: 0, outside: 1 }, joined: 2, left: 1, people: 1 };
  expect(trendPage.stepWords({ name: '3 November 2026', ...words })).toBe(
    '3 November 2026: 112 up through Carillon, 2 up outside, 2 of them new, 1 down outside, 1 of them left. 1 person afterwards.',
  );
});

test('a point says what it is', () => {
  expect(trendPage.pointIs({ unit: 'hour', count: 1 })).toBe('Each point is an hour.');
  expect(trendPage.pointIs({ unit: 'day', count: 1 })).toBe('Each point is a day.');
  expect(trendPage.pointIs({ unit: 'day', count: 2 })).toBe(
    'Each point is 2 days, with the lowest and the highest number in them.',
  );
});

test('what is not known yet is not zero', () => {
  expect([null, 0, 3, -1_200].map(countNow.value)).toEqual(['not known yet', '0', '+3', '−1,200']);
});
