import { expect, test } from 'vitest';
import type { Outcome } from '@/lib/changes/change.ts';
import type { FailureCode } from '@/lib/failures.ts';
import { advanceStatus, type PageStatusEvent } from './advance-status.ts';
import { isLocked, openStatus } from './page-status.ts';

const having = (...events: PageStatusEvent[]) => events.reduce(advanceStatus, openStatus);
const failed = (code: FailureCode): PageStatusEvent => ({
  type: 'settled',
  outcome: {
    userId: 'ana',
    from: 'Basic',
    to: 'Pro',
    state: 'failed',
    failure: { code, at: '', chime: { httpStatus: 500 } },
  },
});
const saved: PageStatusEvent = {
  type: 'settled',
  outcome: {
    userId: 'ana',
    from: 'Basic',
    to: 'Pro',
    state: 'applied',
    changeId: 'c',
    appliedAt: '',
    confirmation: 'awaited',
  } satisfies Outcome,
};

test.each(['unauthorized', 'retired'] as const)('one %s locks every plan', (code) => {
  expect(having(failed(code)).chime).toBe(code);
  expect(isLocked(having(failed(code)))).toBe(true);
});

test('three "not available" in a row pause changes, two do not', () => {
  expect(isLocked(having(failed('unavailable'), failed('unavailable')))).toBe(false);
  expect(isLocked(having(failed('unavailable'), failed('unavailable'), failed('unavailable')))).toBe(true);
});

test.each([saved, failed('bad-request')])('any other answer of Chime between them starts the count again', (event) => {
  expect(isLocked(having(failed('unavailable'), failed('unavailable'), event, failed('unavailable')))).toBe(false);
});

test('checking again opens what was locked, or says why not', () => {
  expect(isLocked(having(failed('unauthorized'), { type: 'connection', state: 'ok' }))).toBe(false);
  expect(having(failed('unavailable'), { type: 'connection', state: 'unauthorized' }).chime).toBe('unauthorized');
  expect(having(failed('unauthorized'), { type: 'connection', state: 'no-answer' }).chime).toBe('unauthorized');
});

test('a failure of one person locks nobody', () => {
  expect(having(failed('bad-request'), failed('throttled'), failed('conflict'))).toEqual(openStatus);
});

test('signed out, offline and rights taken away are told apart', () => {
  expect(having({ type: 'signed-out' })).toMatchObject({ signedOut: true, chime: 'ok' });
  expect(having({ type: 'signed-out' }, { type: 'signed-in' })).toEqual(openStatus);
  expect(having({ type: 'offline' })).toMatchObject({ online: false, signedOut: false });
  expect(having(failed('not-allowed'))).toMatchObject({ revoked: true, chime: 'ok' });
});
