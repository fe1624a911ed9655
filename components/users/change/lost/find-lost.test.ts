import { expect, test } from 'vitest';
import type { Outcome } from '@/lib/changes/change.ts';
import { findLost } from './find-lost.ts';

const license = { license: 'Basic', at: 1 };
const pending: Outcome = {
  userId: 'ana',
  from: 'Basic',
  to: 'Pro',
  state: 'pending',
  changeId: 'c',
  requestedAt: '2026-11-28T10:00:00.000Z',
  tries: 1,
  maxTries: 1,
  checking: false,
};

test('a change that is on record is followed, however long ago it was sent', () => {
  expect(findLost(pending, license, 100)).toEqual({ outcome: pending, license });
  expect(findLost(pending, license, 60_000)).toEqual({ outcome: pending, license });
});

test('without a record a change is called not made only once the request cannot be on its way any more', () => {
  expect(findLost(undefined, license, 4_999)).toBeNull();
  expect(findLost(undefined, license, 5_000)).toEqual({ nothing: true, license });
});
