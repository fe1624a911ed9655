import { expect, test } from 'vitest';
import type { BatchView } from '@/lib/batches/batch.ts';
import { milestoneBetween } from './milestone.ts';

const running: BatchView = {
  id: 'b',
  state: 'running',
  cause: null,
  held: null,
  operator: { id: 'mona', name: 'Mona Brandt', login: null },
  approver: null,
  steeredBy: null,
  token: null,
  source: { kind: 'list' },
  to: 'Pro',
  reason: 'Ticket 4711',
  fingerprint: 'f',
  parts: {
    change: 1_000,
    unclear: 0,
    missing: 0,
    unreadable: 0,
    same: 25,
    'no-return': 0,
    forbidden: 0,
    directory: 0,
    'left-out': 0,
    twice: 0,
  },
  traits: { device: 0, invited: 0 },
  noReturn: [],
  endDates: 0,
  steps: [],
  total: 1_000,
  changed: 0,
  failed: 0,
  left: 1_000,
  undoable: 0,
  notEnded: 0,
  underWay: 0,
  secondsLeft: null,
  createdAt: '',
  submittedAt: '',
  startAt: null,
  end: null,
  startedAt: '',
  endedAt: null,
  needsApproval: false,
  limit: null,
  followers: [],
};

const at = (changed: number, failed = 0, more: Partial<BatchView> = {}): BatchView => ({
  ...running,
  changed,
  failed,
  left: 1_000 - changed - failed,
  ...more,
});

test.each([
  ['a step that passes no quarter', at(100), at(120), null],
  ['the first quarter', at(240), at(250, 7), '25 percent done, 7 failed.'],
  ['several quarters at once', at(240), at(760), '75 percent done.'],
  ['the last person, whose end is told by the state', at(980), at(1_000), null],
  [
    'Chime falling silent',
    at(100),
    at(100, 0, { held: { code: 'unavailable', until: '' } }),
    expect.stringContaining('responding'),
  ],
  ['a pause', at(100), at(120, 0, { state: 'paused', cause: 'operator' }), 'The batch is paused.'],
  [
    'a pause of its own',
    at(50),
    at(53, 7, { state: 'paused', cause: 'failures' }),
    expect.stringContaining('automatically'),
  ],
  ['going on', at(100, 0, { state: 'paused' }), at(100), 'The batch has been resumed.'],
  ['the beginning', at(0, 0, { state: 'starting' }), at(0), 'The batch has started: 1,000 people.'],
  [
    'the end',
    at(980),
    at(993, 7, { state: 'done' }),
    'The batch has ended. 993 changed, 25 already on this plan, 7 failed.',
  ],
  [
    'the end of a batch with lines that changed nobody',
    at(980),
    at(1_000, 0, {
      state: 'done',
      parts: { ...running.parts, same: 0, missing: 3, unreadable: 1, 'left-out': 2 },
    }),
    'The batch has ended. 1,000 changed, 3 not found, 1 not readable, 2 left out.',
  ],
  ['a stop', at(500), at(500, 0, { state: 'stopped' }), expect.stringContaining('500 not tried')],
])('%s is told as it is', (_, before, now, told) => {
  expect(milestoneBetween(before, now)).toEqual(told);
});

test.each([
  ['throttled', 'Amazon Chime asked Carillon to slow down. The batch continues automatically.'],
  [
    'unauthorized',
    'This site’s access to Amazon Chime was refused. IT needs to renew it. After that the batch continues automatically.',
  ],
  ['no-answer', 'Amazon Chime isn’t responding. The batch continues automatically as soon as it does.'],
] as const)('what holds a batch up is said as it is: %s', (code, sentence) => {
  expect(milestoneBetween(running, { ...running, held: { code, until: '' } })).toBe(sentence);
});
