import fc from 'fast-check';
import { expect, test } from 'vitest';
import { progress } from '@/lib/texts/batches.ts';
import { roundUp, steadied } from './time-left.ts';

const seconds = fc.integer({ min: 0, max: 100_000 });

test('a rest of time is never told as less than it is, and a longer one never as less than a shorter one', () => {
  fc.assert(
    fc.property(seconds, seconds, (one, other) => {
      expect(roundUp(one)).toBeGreaterThanOrEqual(one);
      if (one <= other) expect(roundUp(one)).toBeLessThanOrEqual(roundUp(other));
    }),
  );
});

test('what was told once is told in the same words when it is rounded again', () => {
  fc.assert(fc.property(seconds, (one) => void expect(roundUp(roundUp(one))).toBe(roundUp(one))));
});

test('the words do not jump with the estimates that the pace of single calls makes', () => {
  const estimates = [65, 120, 83, 67, 118, 140, 68];
  const told: (number | null)[] = [];
  for (const estimate of estimates) told.push(steadied(told.at(-1) ?? null, estimate));

  expect(told).toEqual([120, 120, 120, 120, 120, 120, 120]);
});

test('a batch that has clearly become slower says so, and a pause in the numbers says nothing new', () => {
  expect(steadied(120, 400)).toBe(420);
  expect(steadied(120, null)).toBe(120);
  expect(steadied(null, null)).toBeNull();
});

test.each([
  [10, 'About 10 seconds left'],
  [60, 'About 1 minute left'],
  [120, 'About 2 minutes left'],
  [900, 'About 15 minutes left'],
  [3_600, 'About 1 hour left'],
  [5_400, 'About 1.5 hours left'],
])('%i seconds are %s', (rest, words) => {
  expect(progress.secondsLeft(roundUp(rest))).toBe(words);
});
