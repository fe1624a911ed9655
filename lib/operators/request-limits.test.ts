import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openBuckets, requestLimitsFrom } from './request-limits.ts';

test('a minute’s worth may come at once, and then one after the other as they are refilled', () => {
  let now = 0;
  const buckets = openBuckets(60, () => now);
  for (let request = 0; request < 60; request += 1) expect(buckets.take('ana')).toBeUndefined();
  expect(buckets.take('ana')).toEqual({ waitSeconds: 1, isFirst: true });
  expect(buckets.take('ana')).toEqual({ waitSeconds: 1, isFirst: false });
  expect(buckets.take('ben')).toBeUndefined();
  now = 1_000;
  expect(buckets.take('ana')).toBeUndefined();
  expect(buckets.take('ana')).toEqual({ waitSeconds: 1, isFirst: true });
});

test('a slow bucket says how long to wait, and is full again after a minute', () => {
  let now = 0;
  const buckets = openBuckets(3, () => now);
  for (let request = 0; request < 3; request += 1) buckets.take('ana');
  expect(buckets.take('ana')?.waitSeconds).toBe(20);
  now = 60_000;
  expect([1, 2, 3].map(() => buckets.take('ana'))).toEqual([undefined, undefined, undefined]);
});

test('nobody gets more than two minutes’ worth within a minute, however it is asked for', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 50 }), fc.array(fc.integer({ min: 0, max: 2_000 })), (limit, pauses) => {
      let now = 0;
      const buckets = openBuckets(limit, () => now);
      let through = 0;
      for (const pause of pauses) {
        if (now + pause > 60_000) break;
        now += pause;
        if (!buckets.take('ana')) through += 1;
      }
      expect(through).toBeLessThanOrEqual(2 * limit);
    }),
  );
});

test('a thousand others are forgotten when they are full, and nobody gains by it', () => {
  let now = 0;
  const buckets = openBuckets(1, () => now);
  for (let one = 0; one < 1_500; one += 1) buckets.take(`operator ${one}`);
  expect(buckets.take('operator 7')).toBeDefined();
  now = 60_000;
  expect(buckets.take('operator 7')).toBeUndefined();
  expect(buckets.take('operator 7')).toBeDefined();
});

test.each([
  ['operator=3000', { operator: 3_000 }],
  [' operator=1 ', { operator: 1 }],
  ['operator=0', undefined],
  ['3000', undefined],
  ['operator=5,token=5', undefined],
])('the setting %j', (text, limits) => {
  expect(requestLimitsFrom(text)).toEqual(limits);
});
