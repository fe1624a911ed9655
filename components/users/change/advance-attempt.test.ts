import { describe, expect, test } from 'vitest';
import type { Choice, Outcome } from '@/lib/changes/change.ts';
import type { Failure, FailureCode } from '@/lib/failures.ts';
import { failureCodes } from '@/lib/failures.ts';
import { type License, licenses } from '@/lib/licenses/license.ts';
import { advance } from './advance-attempt.ts';
import type { Attempt, AttemptEvent } from './attempt.ts';
import { choiceOf, isInFlight, isNotSaved, knownLicense, openChangeOf, shownLicense, undoOf } from './attempt-facts.ts';
import { untouched } from './resting-attempt.ts';

const all: License[] = [...licenses];
const ada = { name: 'Ada Okoye', isSelf: false };
const listed = { license: 'Basic', at: 0 };
const toPro: Choice = { userId: 'ana', from: 'Basic', to: 'Pro' };

const failure = (code: FailureCode, more: Partial<Failure> = {}): Failure => ({
  code,
  at: '2026-11-24T13:00:00Z',
  ...more,
});
const failed = (code: FailureCode, more: Partial<Failure> = {}): Outcome => ({
  ...toPro,
  state: 'failed',
  changeId: 'c1',
  failure: failure(code, more),
});
const pending: Outcome = {
  ...toPro,
  state: 'pending',
  changeId: 'c1',
  requestedAt: '',
  tries: 1,
  maxTries: 5,
  checking: false,
};
const unknown: Outcome = { ...toPro, state: 'unknown', changeId: 'c1', failure: failure('no-answer') };
const applied = (
  confirmation: 'awaited' | 'confirmed' | 'not-visible' = 'confirmed',
): Extract<Outcome, { state: 'applied' }> => ({
  ...toPro,
  state: 'applied',
  changeId: 'c1',
  appliedAt: '',
  confirmation,
});

const choose = (to: Choice['to'], more: Partial<Extract<AttemptEvent, { type: 'chosen' }>> = {}): AttemptEvent => ({
  type: 'chosen',
  userId: 'ana',
  from: 'Basic',
  to,
  now: 10,
  ...more,
});
const sent: AttemptEvent = { type: 'sent', changeId: 'c', now: 20 };
const answered = (outcome: Outcome, now = 30): AttemptEvent => ({ type: 'answered', outcome, now });
const followed = (outcome: Outcome, now = 40): AttemptEvent => ({ type: 'followed', outcome, now });
const having = (...events: AttemptEvent[]): Attempt => events.reduce(advance, untouched);

describe('a choice', () => {
  test('shows the wanted plan at once and is in flight', () => {
    const attempt = having(choose('Pro'));

    expect(shownLicense(attempt, listed)).toBe('Pro');
    expect(isInFlight(attempt)).toBe(true);
    expect(attempt.stage).toEqual({ is: 'queued', choice: toPro, since: 10 });
  });

  test('of the plan the person has sends nothing', () => {
    expect(having(choose('Basic'))).toEqual(untouched);
  });

  test('of the plan the person has puts a failure away', () => {
    const attempt = having(choose('Pro'), sent, answered(failed('throttled')), choose('Basic'));

    expect(attempt.stage).toEqual({ is: 'resting' });
  });

  test('made before the first has left replaces it', () => {
    const attempt = having(choose('Pro'), choose('Plus'));

    expect(choiceOf(attempt)).toEqual({ ...toPro, to: 'Plus' });
    expect(attempt.next).toBeNull();
  });

  test('of the old plan before the first has left takes it back', () => {
    expect(having(choose('Pro'), choose('Basic')).stage).toEqual({ is: 'resting' });
  });

  test('made offline is held, and nothing is sent', () => {
    const attempt = having(choose('Pro', { blocked: 'offline' }));

    expect(attempt.stage).toEqual({ is: 'held', choice: toPro, why: 'offline' });
    expect(shownLicense(attempt, listed)).toBe('Basic');
    expect(isNotSaved(attempt)).toBe(true);
  });

  test('made while signed out is held, to be asked for after signing in', () => {
    expect(having(choose('Pro', { blocked: 'signed-out' })).stage).toMatchObject({ is: 'held', why: 'signed-out' });
  });

  test('keeps the change it undoes', () => {
    expect(choiceOf(having(choose('Pro', { undoes: 'c0' })))).toEqual({ ...toPro, undoes: 'c0' });
  });
});

describe('a second choice while one is in flight', () => {
  const first = [choose('Pro'), sent];

  test('waits, and is what the cell shows', () => {
    const attempt = having(...first, choose('Plus'));

    expect(attempt.next).toBe('Plus');
    expect(attempt.stage.is).toBe('sent');
    expect(shownLicense(attempt, listed)).toBe('Plus');
  });

  test('the last one wins', () => {
    expect(having(...first, choose('Plus'), choose('Basic')).next).toBe('Basic');
  });

  test('of what is in flight waits for nothing', () => {
    expect(having(...first, choose('Plus'), choose('Pro')).next).toBeNull();
  });

  test('starts when the first is saved, from what was saved', () => {
    const attempt = having(...first, choose('Basic'), answered(applied()));

    expect(attempt.stage).toEqual({ is: 'queued', choice: { userId: 'ana', from: 'Pro', to: 'Basic' }, since: 30 });
  });

  test('is done when the first failed and the person has it already', () => {
    const attempt = having(...first, choose('Basic'), answered(failed('throttled', { current: 'Basic' })));

    expect(attempt).toMatchObject({ known: { license: 'Basic', at: 30 }, next: null, stage: { is: 'resting' } });
  });

  test('is tried when the first failed for its own plan only', () => {
    const attempt = having(...first, choose('Plus'), answered(failed('bad-request', { current: 'Basic' })));

    expect(choiceOf(attempt)).toEqual({ userId: 'ana', from: 'Basic', to: 'Plus' });
    expect(attempt.stage.is).toBe('queued');
  });

  test('is not tried against what stands in its way too, but reported as the wish', () => {
    const attempt = having(...first, choose('Plus'), answered(failed('forbidden')));
    const refused = having(...first, choose('Plus'), answered(failed('unauthorized', { current: 'Basic' })));

    expect(attempt.stage.is).toBe('queued');
    expect(isNotSaved(refused)).toBe(true);
    expect(choiceOf(refused)?.to).toBe('Plus');
  });

  test('waits while the first is unknown', () => {
    const attempt = having(...first, answered(unknown), choose('Basic'));

    expect(attempt.next).toBe('Basic');
    expect(attempt.stage.is).toBe('answered');
  });
});

describe('an answer', () => {
  test('of success shows what was sent, whatever Chime left out of it', () => {
    const attempt = having(choose('Pro'), sent, answered(applied('awaited')));

    expect(knownLicense(attempt, listed)).toBe('Pro');
    expect(isInFlight(attempt)).toBe(false);
  });

  test('of failure rolls back to what Chime said last, not to the value before the click', () => {
    const attempt = having(choose('Pro'), sent, answered(failed('throttled', { current: 'Plus' })));

    expect(shownLicense(attempt, listed)).toBe('Plus');
  });

  test('of conflict rolls back to what somebody else set', () => {
    const conflict = failed('conflict', { other: { name: 'Mona', license: 'Plus' } });

    expect(shownLicense(having(choose('Pro'), sent, answered(conflict)), listed)).toBe('Plus');
  });

  test.each(failureCodes.filter((code) => !['signed-out', 'offline', 'outdated', 'cancelled'].includes(code)))(
    'of %s is not saved and stays until somebody acts',
    (code) => {
      const attempt = having(choose('Pro'), sent, answered(failed(code)), { type: 'seen', license: 'Basic', at: 90 });

      expect(isNotSaved(attempt)).toBe(true);
      expect(isNotSaved(advance(attempt, { type: 'dismissed' }))).toBe(false);
    },
  );

  test.each(['signed-out', 'offline', 'outdated'] as const)('of %s holds the choice instead of losing it', (code) => {
    expect(having(choose('Pro'), sent, answered(failed(code))).stage).toEqual({ is: 'held', choice: toPro, why: code });
    expect(having(choose('Pro'), sent, { type: 'refused', failure: failure(code), now: 30 }).stage).toEqual({
      is: 'held',
      choice: toPro,
      why: code,
    });
  });

  test('for another change is not heard', () => {
    const attempt = having(choose('Pro'), sent, answered(pending));

    expect(advance(attempt, followed({ ...applied(), changeId: 'other' }))).toBe(attempt);
  });

  test('to an earlier change is not taken for the answer to the one in flight', () => {
    const undoing = having(
      choose('Pro'),
      sent,
      answered(applied('awaited')),
      choose('Basic', { from: 'Pro', undoes: 'c1' }),
      sent,
    );

    expect(advance(undoing, followed(applied()))).toBe(undoing);
  });

  test('for a person at rest is not heard', () => {
    expect(having(answered(applied()))).toBe(untouched);
  });

  test('that comes late never opens a settled change again', () => {
    const attempt = having(choose('Pro'), sent, answered(applied()));

    expect(advance(attempt, followed(pending))).toBe(attempt);
    expect(advance(attempt, followed(unknown))).toBe(attempt);
    expect(advance(attempt, followed(applied('awaited')))).toBe(attempt);
  });

  test('of unknown is followed until it is known', () => {
    const attempt = having(choose('Pro'), sent, answered(unknown));

    expect(openChangeOf(attempt)).toBe('c1');
    expect(isInFlight(attempt)).toBe(true);
    expect(openChangeOf(advance(attempt, followed(applied())))).toBeNull();
  });

  test('a whole action refused fails each choice in it', () => {
    const attempt = having(choose('Pro'), sent, { type: 'refused', failure: failure('not-allowed'), now: 30 });

    expect(isNotSaved(attempt)).toBe(true);
    expect(choiceOf(attempt)).toEqual(toPro);
  });

  test('confirmation does not overwrite what was seen meanwhile', () => {
    const attempt = having(
      choose('Pro'),
      sent,
      answered(applied('awaited')),
      { type: 'seen', license: 'Plus', at: 40 },
      followed(applied(), 50),
    );

    expect(knownLicense(attempt, listed)).toBe('Plus');
  });
});

describe('no answer of our own server', () => {
  const lost = [choose('Pro'), sent, { type: 'silence', offline: false, now: 30 }] satisfies AttemptEvent[];

  test('is neither failure nor success', () => {
    const attempt = having(...lost);

    expect(attempt.stage.is).toBe('lost');
    expect(isNotSaved(attempt)).toBe(false);
    expect(isInFlight(attempt)).toBe(true);
  });

  test('is followed when the change is found open', () => {
    const attempt = having(...lost, { type: 'found', found: { outcome: pending }, now: 60 });

    expect(openChangeOf(attempt)).toBe('c1');
  });

  test('is saved when the change is found made', () => {
    const attempt = having(...lost, {
      type: 'found',
      found: { outcome: applied(), license: { license: 'Pro', at: 55 } },
      now: 60,
    });

    expect(attempt.stage.is).toBe('answered');
    expect(knownLicense(attempt, listed)).toBe('Pro');
  });

  test('is not saved when there is no trace of it', () => {
    const attempt = having(...lost, {
      type: 'found',
      found: { nothing: true, license: { license: 'Basic', at: 55 } },
      now: 60,
    });

    expect(attempt.stage).toMatchObject({
      is: 'answered',
      outcome: { state: 'failed', failure: { code: 'interrupted' } },
    });
  });

  test('what was chosen meanwhile starts once it is known', () => {
    const attempt = having(...lost, choose('Plus'), {
      type: 'found',
      found: { outcome: applied(), license: { license: 'Pro', at: 55 } },
      now: 60,
    });

    expect(attempt.stage).toMatchObject({ is: 'queued', choice: { from: 'Pro', to: 'Plus' } });
  });
});

describe('what happens around', () => {
  test('going offline holds what has not left, and nothing else', () => {
    expect(having(choose('Pro'), { type: 'offline' }).stage).toMatchObject({ is: 'held', why: 'offline' });
    expect(having(choose('Pro'), sent, { type: 'offline' }).stage.is).toBe('sent');
  });

  test('signing out holds what has not left', () => {
    expect(having(choose('Pro'), { type: 'signed-out' }).stage).toMatchObject({ is: 'held', why: 'signed-out' });
  });

  test('signing in elsewhere asks before saving', () => {
    const attempt = having(choose('Pro', { blocked: 'signed-out' }), { type: 'signed-in' });

    expect(attempt.stage).toEqual({ is: 'held', choice: toPro, why: 'asked' });
  });

  test('coming back asks before saving', () => {
    expect(having({ type: 'restored', choice: toPro, why: 'asked' }).stage).toEqual({
      is: 'held',
      choice: toPro,
      why: 'asked',
    });
  });

  test('what is seen later goes before what is listed, and older news is not heard', () => {
    const attempt = having({ type: 'seen', license: 'Plus', at: 50 });

    expect(knownLicense(attempt, listed)).toBe('Plus');
    expect(advance(attempt, { type: 'seen', license: 'Basic', at: 40 })).toBe(attempt);
    expect(knownLicense(attempt, { license: 'Pro', at: 60 })).toBe('Pro');
  });

  test('a list asked for before the change was made does not bring the old plan back', () => {
    const attempt = having(choose('Pro'), sent, answered(applied(), 100), { type: 'seen', license: 'Basic', at: 90 });

    expect(shownLicense(attempt, { license: 'Basic', at: 90 })).toBe('Pro');
  });

  test('a saved message that is still shown turns into who has changed the plan since', () => {
    const seen: AttemptEvent = { type: 'seen', license: 'Plus', at: 90, by: ada };
    const attempt = having(choose('Pro'), sent, answered(applied()), seen);

    expect(attempt.stage).toEqual({ is: 'overtaken', license: 'Plus', by: ada });
    expect(knownLicense(attempt, listed)).toBe('Plus');
    expect(advance(attempt, { ...seen, license: 'Basic', at: 95 }).stage.is).toBe('resting');
    expect(advance(attempt, { type: 'dismissed' }).stage.is).toBe('resting');
  });

  test('a saved message turns into who has changed the plan since, however late that is', () => {
    const seen: AttemptEvent = { type: 'seen', license: 'Plus', at: 40_000, by: ada };

    expect(having(choose('Pro'), sent, answered(applied()), seen).stage.is).toBe('overtaken');
  });

  test('at an open list, another plan than it showed is told; the same is not', () => {
    const seen: AttemptEvent = { type: 'seen', license: 'Plus', at: 90, by: null, expected: { license: 'Basic' } };

    expect(having(seen).stage).toEqual({ is: 'overtaken', license: 'Plus', by: null });
    expect(having({ ...seen, license: 'Basic' }).stage.is).toBe('resting');
  });

  test('an attempt that arrived late is told until it is dealt with, but does not hide a failure', () => {
    const late = { by: 'Dana Reyes', to: 'Pro', from: 'Basic' };
    const seen: AttemptEvent = { type: 'seen', license: 'Pro', at: 90, late };

    expect(having(seen).stage).toEqual({ is: 'late', late });
    expect(having(choose('Pro'), sent, answered({ ...applied(), undoes: 'c0' }), seen).stage).toEqual({
      is: 'late',
      late,
    });
    expect(having(seen, { ...seen, late: null, at: 95 }).stage.is).toBe('resting');
    expect(having(choose('Pro'), sent, answered(failed('throttled')), seen).stage.is).toBe('answered');
  });

  test('a person who is there after all can be tried again', () => {
    const attempt = having(choose('Pro'), sent, answered(failed('not-found')), { type: 'back', license: 'Basic' });

    expect(attempt.stage).toEqual({ is: 'back', choice: toPro, license: 'Basic' });
    expect(choiceOf(attempt)).toEqual(toPro);
    expect(isNotSaved(attempt)).toBe(false);
  });

  test('when a change was saved is still known after a later one failed', () => {
    const saved = having(choose('Pro'), sent, answered({ ...applied(), appliedAt: '2026-11-24T14:02:00Z' }));
    const later = [choose('Basic', { from: 'Pro' }), sent, answered(failed('unsupported-license'), 60)];

    expect(later.reduce(advance, saved).savedAt).toBe('2026-11-24T14:02:00Z');
  });

  test('a person who is gone is gone only where nothing is in flight or undecided', () => {
    expect(having({ type: 'gone' }).stage.is).toBe('gone');
    expect(having(choose('Pro'), { type: 'gone' }).stage.is).toBe('queued');
  });

  test('what is in flight cannot be dismissed', () => {
    expect(having(choose('Pro'), sent, { type: 'dismissed' }).stage.is).toBe('sent');
  });
});

describe('undo', () => {
  test('takes back to where the change came from, by its ID', () => {
    const attempt = having(choose('Pro'), sent, answered(applied()));
    expect(undoOf(attempt, ['Basic', 'Pro'])).toEqual({ to: 'Basic', undoes: 'c1' });
    expect(undoOf(attempt, ['Pro'])).toBeNull();
  });

  test('is not offered for a failure, for an undo, or where the old plan is not one of ours', () => {
    expect(undoOf(having(choose('Pro'), sent, answered(failed('throttled'))), all)).toBeNull();
    expect(undoOf(having(choose('Pro'), sent, answered({ ...applied(), undoes: 'c0' })), all)).toBeNull();
    expect(undoOf(having(choose('Pro'), sent, answered({ ...applied(), from: null })), all)).toBeNull();
  });
});
