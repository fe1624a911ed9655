import fc from 'fast-check';
import { expect, test } from 'vitest';
import { failureCodes } from '../failures.ts';
import {
  answerMs,
  deadlineMs,
  lateMs,
  leaseMs,
  maxReadingTries,
  maxTries,
  waitBefore,
  waitBeforeReading,
  watchLateMs,
} from './call-policy.ts';

test('a change is taken over only when its own process can no longer be at it', () => {
  expect(leaseMs).toBeGreaterThan(deadlineMs);
});

test('a call counts as late for longer than two answers may take, and is looked for longer still', () => {
  expect(lateMs).toBeGreaterThan(2 * answerMs);
  expect(watchLateMs).toBeGreaterThan(lateMs);
});

test('what the caller can put right is never sent again, and what may pass is', () => {
  expect(failureCodes.filter((code) => maxTries(code) > 1)).toEqual([
    'throttled',
    'service-failure',
    'unavailable',
    'no-answer',
    'unreadable',
  ]);
  for (const code of failureCodes) expect(maxReadingTries(code)).toBeGreaterThanOrEqual(maxTries(code));
});

const chance = fc.double({ min: 0, max: 1, noNaN: true });
const tries = fc.integer({ min: 1, max: 12 });

test('each wait is longer than the one before, and never shorter than Chime asks for', () => {
  fc.assert(
    fc.property(tries, chance, fc.integer({ min: 0, max: 60_000 }), (count, some, asked) => {
      expect(waitBefore(count + 1, undefined, some)).toBeGreaterThan(waitBefore(count, undefined, some));
      expect(waitBefore(count, asked, some)).toBeGreaterThanOrEqual(asked);
    }),
  );
});

test('a throttled reading only waits for its turn at first, and never longer than 10 s unless Chime asks for it', () => {
  expect([1, 2, 3, 4].map((count) => waitBeforeReading(count, 'throttled', undefined))).toEqual([0, 0, 0, 0]);
  fc.assert(
    fc.property(tries, fc.constantFrom(...failureCodes), (count, code) => {
      expect(waitBeforeReading(count, code, undefined)).toBeLessThanOrEqual(10_000);
      expect(waitBeforeReading(count, code, 30_000)).toBe(30_000);
    }),
  );
});
