import { describe, expect, test } from 'vitest';
import type { Choice, Outcome } from '@/lib/changes/change.ts';
import { type Failure, type FailureCode, failureCodes } from '@/lib/failures.ts';
import { when } from '@/lib/texts/formats.ts';
import type { Attempt, Stage } from '../change/attempt.ts';
import { untouched } from '../change/resting-attempt.ts';
import { messageOf } from './message.ts';
import type { Around } from './message-parts.ts';

const toPro: Choice = { userId: 'ana', from: 'Basic', to: 'Pro' };
const around: Around = {
  name: 'Ana Silva',
  known: 'Basic',
  now: 100_000,
  online: true,
  locked: false,
  supported: ['Basic', 'Pro'],
};
const at = (stage: Stage, more: Partial<Attempt> = {}): Attempt => ({ ...untouched, ...more, stage });
const answered = (outcome: Outcome, arrived = around.now) => at({ is: 'answered', outcome, since: arrived, arrived });
const failing = (code: FailureCode, more: Partial<Failure> = {}, choice: Choice = toPro) =>
  answered({ ...choice, state: 'failed', changeId: 'c', failure: { code, at: '2026-11-24T13:00:00Z', ...more } });
const pending = (more: object = {}) =>
  answered({
    ...toPro,
    state: 'pending',
    changeId: 'c',
    requestedAt: '',
    tries: 1,
    maxTries: 5,
    checking: false,
    ...more,
  });
const applied = (more: object = {}, arrived = around.now) =>
  answered(
    {
      ...toPro,
      state: 'applied',
      changeId: 'c',
      appliedAt: '2026-11-24T14:02:00Z',
      confirmation: 'confirmed',
      ...more,
    },
    arrived,
  );
const say = (attempt: Attempt, more: Partial<Around> = {}) => messageOf(attempt, { ...around, ...more });

describe('saving', () => {
  test.each([
    [500, undefined],
    [1_500, 'Saving…'],
    [4_500, 'Still saving. This is taking longer than usual.'],
  ])('after %i ms', (elapsed, text) => {
    const attempt = at({ is: 'sent', choice: { ...toPro, changeId: 'c' }, since: around.now - elapsed });

    expect(say(attempt)?.text).toBe(text);
  });

  test('names the choice that waits behind it', () => {
    const attempt = at({ is: 'sent', choice: { ...toPro, changeId: 'c' }, since: around.now }, { next: 'Basic' });

    expect(say(attempt)?.text).toBe('Saving Pro, then Basic');
  });

  test('counts down to the next try, and can be cancelled', () => {
    const attempt = pending({ waitingFor: 'throttled', nextTryAt: new Date(around.now + 3_600).toISOString() });

    expect(say(attempt)).toMatchObject({
      text: 'Amazon Chime asked us to slow down. Next try in 4 s (2 of 5).',
      acts: ['cancel'],
    });
  });

  test('says that it checks what the person has', () => {
    expect(say(pending({ checking: true }))?.text).toBe(
      'We sent the change but got no answer. Checking which plan Ana Silva has now…',
    );
  });
});

describe('saved', () => {
  test.each([0, 31_000, 8 * 3_600_000])('with its tick, Undo, note and end date, also %i ms later', (age) => {
    expect(say(applied({}, around.now - age))).toEqual({
      tone: 'good',
      icon: 'tick',
      text: `Saved ${when.clock('2026-11-24T14:02:00Z')}`,
      acts: ['undo', 'note', 'until'],
    });
  });

  test('before Chime shows it, without the time', () => {
    expect(say(applied({ confirmation: 'awaited' }))?.text).toBe('Saved');
  });

  test('but not visible yet', () => {
    expect(say(applied({ confirmation: 'not-visible', shown: 'Basic' }))).toMatchObject({
      text: 'Amazon Chime accepted this but still shows Basic. Checking again.',
      acts: ['check'],
    });
  });

  test('without the offer of an end date where there is one already', () => {
    expect(say(applied(), { hasEnd: true })?.acts).toEqual(['undo', 'note']);
  });

  test('in spite of a fault', () => {
    const despite: Failure = { code: 'service-failure', at: '' };

    expect(say(applied({ despite }))).toMatchObject({
      text: '**Saved.** Amazon Chime did not confirm it, but we checked: Ana Silva is on Pro.',
      acts: ['undo', 'note', 'until', 'details'],
    });
  });

  test('with a note also where the answer was lost on the way to the page', () => {
    expect(say(applied({ changeId: '' }))?.acts).toEqual(['undo', 'note', 'until']);
  });

  test('from a plan that cannot be chosen again: no Undo and no end that could not be kept', () => {
    expect(say(applied({ from: 'Plus', confirmation: 'awaited' }))).toMatchObject({
      text: 'Saved. Plus can’t be chosen again, so there is no Undo.',
      acts: ['note'],
    });
  });

  test('names the end date that it removed', () => {
    const removedEnd = '2026-12-24T17:00:00Z';
    const text = `Saved. The end date (${when.soon(removedEnd)}) was removed.`;
    expect(say(applied({ confirmation: 'awaited', removedEnd }))?.text).toBe(text);
    const oneWay = say(applied({ from: 'Plus', confirmation: 'awaited', removedEnd }));
    expect(oneWay?.text).toBe(`${text} Plus can’t be chosen again, so there is no Undo.`);
    expect(say(applied({ despite: { code: 'service-failure', at: '' }, removedEnd }))?.text).toMatch(/was removed\.$/);
  });

  test.each([
    ['restored', 'is set again.'],
    ['passed', 'has passed, so it was not set again.'],
    ['not-offered', 'was not set again: the plan after it is no longer available in this account.'],
  ] as const)('by an undo says of an earlier end date that is %s what it did', (is, said) => {
    const at = '2026-12-24T17:00:00Z';
    const undone = { to: 'Basic', undoes: 'b', earlierEnd: { at, is } } as const;
    expect(say(applied(undone))?.text).toBe(`Back on Basic. The end date (${when.soon(at)}) ${said}`);
  });

  test('by an undo, which stays as well', () => {
    expect(say(applied({ to: 'Basic', undoes: 'b' }, around.now - 31_000))).toMatchObject({
      text: 'Back on Basic',
      acts: [],
    });
  });
});

describe('not saved', () => {
  test.each([
    [
      'bad-request',
      '**Not saved.** Amazon Chime does not accept Pro for Ana Silva. **Still on Basic.** Choose another plan. Trying the same again will not help.',
    ],
    [
      'unauthorized',
      '**Not saved.** This site’s connection to Amazon Chime was refused. **Still on Basic.** Your own sign-in is fine.',
    ],
    [
      'forbidden',
      '**Not saved.** Amazon Chime does not allow this change in this account. **Still on Basic.** Trying again will not help. Send the details to the owner of your Chime account.',
    ],
    [
      'not-found',
      '**Not saved.** Ana Silva is no longer in this Chime account. They may have been removed or moved to another account.',
    ],
    [
      'throttled',
      '**Not saved.** Amazon Chime is getting too many requests from us. **Still on Basic.** Wait a minute, then try again.',
    ],
    ['unavailable', '**Not saved.** Amazon Chime is not available right now. **Still on Basic.** Try again later.'],
    [
      'unknown-answer',
      '**Not saved.** Amazon Chime sent an unexpected answer. **Still on Basic.** Copy the details for your admin.',
    ],
    [
      'not-allowed',
      '**Not saved.** You no longer have permission to change plans. **Still on Basic.** Ask your admin.',
    ],
  ] as const)('%s, word for word', (code, text) => {
    expect(say(failing(code))?.text).toBe(text);
  });

  test('a fault tells how often it was tried', () => {
    expect(say(failing('service-failure', { tries: 3 }))?.text).toBe(
      '**Not saved.** Amazon Chime had a fault on its side. We tried 3 times. **Still on Basic.** Try again in a few minutes.',
    );
  });

  test('a conflict tells who set what and when, with both ways out', () => {
    const at = '2026-11-24T14:01:00Z';
    const message = say(failing('conflict', { other: { name: 'Dana Reyes', license: 'Plus', at } }));

    expect(message).toMatchObject({
      tone: 'wait',
      text: `**Not saved.** Dana Reyes set Ana Silva to Plus at ${when.clock(at)}. Your page still showed Basic.`,
      acts: ['keep', 'change'],
    });
  });

  test('a conflict about the very plan that was chosen leaves nothing to change', () => {
    const other = { name: 'Dana Reyes', license: 'Pro', at: '2026-11-24T14:01:00Z' };
    expect(say(failing('conflict', { other, current: 'Pro' }), { known: 'Pro' })?.acts).toEqual(['keep']);
  });

  test('a conflict from elsewhere does not invent a name', () => {
    expect(say(failing('conflict', { other: { license: 'Plus' } }))?.text).toContain(
      'Someone changed Ana Silva to Plus outside Carillon.',
    );
  });

  test('an undo that was refused', () => {
    const undo = { ...toPro, from: 'Pro', to: 'Basic', undoes: 'c0' } as const;
    const message = say(failing('conflict', { other: { name: 'Dana Reyes', license: 'Plus' } }, undo));

    expect(message?.text).toBe('**Not undone.** Dana Reyes has changed Ana Silva in the meantime. Now on Plus.');
  });

  test('what the answer says about the plan goes before what was known', () => {
    expect(say(failing('throttled', { current: 'Plus' }))?.text).toContain('**Still on Plus.**');
    expect(say(failing('throttled', { current: null }))?.text).not.toContain('Still on');
  });

  test.each(failureCodes)('%s has a whole text and a way on', (code) => {
    const message = say(failing(code));

    expect(message?.text).toMatch(/^\*\*Not saved( yet)?\.\*\* .*[.?](\*\*)?$/);
    expect(message?.text).not.toMatch(/undefined|null| {2}/);
    expect(
      message?.isDismissable ||
        message?.acts.some((act) => ['keep', 'forget', 'hide', 'sign-in', 'reload'].includes(act)),
    ).toBe(true);
  });

  test('one request too many says how long to wait', () => {
    expect(say(failing('request-limit', { requests: { aMinute: 3_000, waitSeconds: 7 } }))?.text).toBe(
      '**Not saved.** You are sending more than 3,000 requests a minute. Wait 7 seconds, then try again. **Still on Basic.**',
    );
  });

  test('nothing that saves is offered while nothing can be saved', () => {
    expect(say(failing('throttled'), { locked: true })?.acts).toEqual(['details']);
  });

  test('a name cannot switch the bold on', () => {
    expect(say(failing('not-found'), { name: 'A**na' })?.text).toContain('Ana is no longer');
  });
});

describe('held back', () => {
  test('offline, then asked again when the connection is back', () => {
    const attempt = at({ is: 'held', choice: toPro, why: 'offline' });

    expect(say(attempt, { online: false })).toMatchObject({
      text: '**Not saved.** You are offline, so nothing was sent. **Still on Basic.**',
      acts: ['forget'],
    });
    expect(say(attempt)).toMatchObject({
      text: 'You are online again. Save Pro for Ana Silva?',
      acts: ['save', 'forget'],
    });
  });

  test('signed out', () => {
    expect(say(at({ is: 'held', choice: toPro, why: 'signed-out' }))).toMatchObject({
      text: '**Not saved yet.** You have been signed out. Sign in and we will ask before saving Pro for Ana Silva.',
      acts: ['sign-in'],
    });
  });

  test('since Carillon was updated, then asked when the page was loaded again', () => {
    expect(say(at({ is: 'held', choice: toPro, why: 'outdated' }))).toMatchObject({
      text: '**Not saved yet.** Carillon was updated since you opened this page. Reload it and we will ask before saving Pro for Ana Silva.',
      acts: ['reload'],
    });
    expect(say(at({ is: 'held', choice: toPro, why: 'updated' }))).toMatchObject({
      text: 'Carillon was updated. Save Pro for Ana Silva?',
      acts: ['save', 'forget'],
    });
  });
});

describe('cannot tell', () => {
  test('asks nobody to repeat it', () => {
    const unknown: Outcome = { ...toPro, state: 'unknown', changeId: 'c', failure: { code: 'no-answer', at: '' } };

    expect(say(answered(unknown))).toMatchObject({
      text: '**We cannot tell yet.** The change may have worked. Don’t repeat it; we keep checking.',
      acts: ['check', 'details'],
    });
  });
});

describe('what came from elsewhere', () => {
  test('somebody else has set the plan', () => {
    const by = { name: 'Ada Okoye', isSelf: false };
    expect(say(at({ is: 'overtaken', license: 'Basic', by }))).toMatchObject({
      text: '**Ada Okoye** has just set this to Basic.',
      isDismissable: true,
    });
    expect(say(at({ is: 'overtaken', license: 'Basic', by: null }))?.text).toBe(
      '**Someone outside Carillon** has just set this to Basic.',
    );
  });

  test('the operator’s own end date has come, or another page of theirs', () => {
    const by = { name: 'Ada Okoye', isSelf: true };
    expect(say(at({ is: 'overtaken', license: 'Basic', by }))?.text).toBe(
      '**Now on Basic.** You changed it on another page, or its end date has come.',
    );
  });

  test('an earlier attempt arrived late, with the way back', () => {
    const late = { by: 'Dana Reyes', to: 'Pro', from: 'Basic' };
    expect(say(at({ is: 'late', late }))).toMatchObject({
      text: '**An earlier attempt of Dana Reyes arrived late:** Ana Silva is on Pro again, instead of Basic.',
      acts: ['set-back', 'leave'],
    });
    expect(say(at({ is: 'late', late: { ...late, from: 'Plus' } }))?.acts).toEqual(['choose', 'leave']);
  });

  test('a person who was said to be gone is there', () => {
    expect(say(at({ is: 'back', choice: toPro, license: 'Basic' }))).toMatchObject({
      text: 'Ana Silva is still in the account, on Basic.',
      acts: ['again'],
      isDismissable: true,
    });
  });
});
