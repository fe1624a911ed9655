import { expect, test } from 'vitest';
import type { FailureCode } from '@/lib/failures.ts';
import type { Attempt } from './attempt.ts';
import { untouched } from './resting-attempt.ts';
import { canBeTriedAgain, createTotals } from './totals.ts';

const choice = { userId: 'ana', from: 'Basic', to: 'Pro' } as const;
const failed = (code: FailureCode): Attempt => ({
  ...untouched,
  stage: {
    is: 'answered',
    outcome: { ...choice, state: 'failed', failure: { code, at: '' } },
    since: 0,
    arrived: 0,
  },
});
const held: Attempt = { ...untouched, stage: { is: 'held', choice, why: 'offline' } };

test('changes that are not saved stand together by what stopped them, the commonest first', () => {
  const all: [string, Attempt][] = [
    ['a', failed('forbidden')],
    ['b', failed('throttled')],
    ['c', failed('throttled')],
    ['d', held],
    ['e', failed('cancelled')],
    ['f', untouched],
  ];

  expect(createTotals({ all: () => all }).notSavedByCause()).toEqual([
    { cause: 'throttled', userIds: ['b', 'c'] },
    { cause: 'forbidden', userIds: ['a'] },
    { cause: 'held', userIds: ['d'] },
  ]);
});

test.each([
  ['throttled', true],
  ['held', true],
  ['forbidden', false],
  ['conflict', false],
] as const)('all stopped by %s can be tried again together: %s', (cause, can) => {
  expect(canBeTriedAgain({ cause, userIds: [] })).toBe(can);
});
