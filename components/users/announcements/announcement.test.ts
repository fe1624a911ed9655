import { expect, test } from 'vitest';
import type { Choice, Outcome } from '@/lib/changes/change.ts';
import type { Attempt } from '../change/attempt.ts';
import { untouched } from '../change/resting-attempt.ts';
import type { Around } from '../plan/message-parts.ts';
import { type Announcement, announcementOf, together } from './announcement.ts';

const toPro: Choice = { userId: 'ana', from: 'Basic', to: 'Pro' };
const around = {
  name: 'Ana Silva',
  known: 'Basic',
  now: 1_000,
  online: true,
  locked: false,
  supported: ['Basic', 'Pro'],
} satisfies Around;
const answered = (outcome: Outcome): Attempt => ({
  ...untouched,
  stage: { is: 'answered', outcome, since: 0, arrived: 1_000 },
});
const sent: Attempt = { ...untouched, stage: { is: 'sent', choice: { ...toPro, changeId: 'c' }, since: 0 } };
const applied = (more: object = {}) =>
  answered({ ...toPro, state: 'applied', changeId: 'c', appliedAt: '', confirmation: 'awaited', ...more });
const waiting = (tries: number) =>
  answered({
    ...toPro,
    state: 'pending',
    changeId: 'c',
    requestedAt: '',
    tries,
    maxTries: 5,
    checking: false,
    waitingFor: 'throttled',
  });

test('a saved change is said once, with the name of the person', () => {
  expect(announcementOf(sent, applied(), around)).toEqual({
    kind: 'saved',
    urgent: false,
    text: 'Ana Silva is now on Pro. Saved.',
  });
  expect(announcementOf(applied(), applied({ confirmation: 'confirmed' }), around)).toBeNull();
});

test('an end date that a change removed or an undo set again is said with it', () => {
  const end = '2026-12-24T17:00:00Z';
  expect(announcementOf(sent, applied({ removedEnd: end }), around)?.text).toMatch(
    /^Ana Silva is now on Pro\. Saved\. The end date \(.+\) was removed\.$/,
  );
  const undone = applied({ undoes: 'b', earlierEnd: { at: end, is: 'restored' } });
  expect(announcementOf(sent, undone, around)?.text).toMatch(
    /^Ana Silva is back on Pro\. The end date .+ is set again\.$/,
  );
});

test('a failure is said at once and in full, without marks', () => {
  const failed = answered({ ...toPro, state: 'failed', failure: { code: 'unavailable', at: '' } });

  expect(announcementOf(sent, failed, around)).toEqual({
    kind: 'failed',
    urgent: true,
    text: 'Ana Silva: Not saved. Amazon Chime is not available right now. Still on Basic. Try again later.',
  });
});

test('a countdown is said once, not each second', () => {
  expect(announcementOf(sent, waiting(1), around)?.text).toContain('asked us to slow down');
  expect(announcementOf(waiting(1), waiting(2), around)).toBeNull();
});

test('being on the way is not said', () => {
  const queued: Attempt = { ...untouched, stage: { is: 'queued', choice: toPro, since: 0 } };

  expect(announcementOf(untouched, queued, around)).toBeNull();
  expect(announcementOf(queued, sent, around)).toBeNull();
});

test('only what cannot be told is urgent, not the looking', () => {
  const unknown = answered({ ...toPro, state: 'unknown', changeId: 'c', failure: { code: 'no-answer', at: '' } });
  const lost: Attempt = {
    ...untouched,
    stage: { is: 'lost', choice: { ...toPro, changeId: 'c' }, since: 0, code: 'no-answer' },
  };

  expect(announcementOf(sent, unknown, around)?.urgent).toBe(true);
  expect(announcementOf(sent, lost, around)?.urgent).toBe(false);
});

test('an undo is said as one', () => {
  expect(announcementOf(sent, applied({ to: 'Basic', undoes: 'b' }), around)?.text).toBe('Ana Silva is back on Basic.');
});

test('few are said one by one, many are counted', () => {
  const saved = (name: string): Announcement => ({ kind: 'saved', urgent: false, text: `${name} saved.` });

  expect(together([saved('Ana'), saved('Bo')])).toBe('Ana saved. Bo saved.');
  expect(together([saved('Ana'), saved('Bo'), saved('Cy'), { kind: 'failed', urgent: false, text: 'x' }])).toBe(
    '3 saved, 1 failed',
  );
});

test('what somebody else has set is said at once', () => {
  const overtaken: Attempt = {
    ...untouched,
    stage: { is: 'overtaken', license: 'Basic', by: { name: 'Ada Okoye', isSelf: false } },
  };

  expect(announcementOf(applied(), overtaken, around)).toEqual({
    kind: 'told',
    urgent: true,
    text: 'Ana Silva: Ada Okoye has just set this to Basic.',
  });
});
