import { expect, test } from 'vitest';
import type { AuditEntry, History } from '@/lib/audit/entry.ts';
import type { Choice } from '@/lib/changes/change.ts';
import { findChange, type Traces } from './lost.ts';

const toPro: Choice = { userId: 'ana', from: 'Basic', to: 'Pro' };
const sentAt = Date.parse('2026-11-24T13:00:00Z');
const entry = (more: Partial<AuditEntry> = {}): AuditEntry => ({
  sequence: '7',
  at: '2026-11-24T13:00:01Z',
  operator: { id: 'o', name: 'Helga', role: 'helpdesk', login: 'o', hasNamesake: false },
  action: 'change',
  accountId: 'a',
  user: { id: 'ana', name: 'Ana', email: null },
  from: 'Basic',
  to: 'Pro',
  why: null,
  outcome: 'applied',
  failure: null,
  requestId: 'r',
  awsRequestId: null,
  batch: null,
  until: null,
  outside: null,
  token: null,
  refused: null,
  exported: null,
  ...more,
});
const traces = (history: Partial<History>, more: Partial<Traces> = {}): Traces => ({
  history: { entries: [], open: null, ...history },
  license: { license: 'Basic', at: 1 },
  sentAt,
  age: 2_000,
  operatorName: 'Helga',
  ...more,
});
const open = (more: object = {}) => ({
  changeId: 'c',
  at: '2026-11-24T13:00:00Z',
  operator: 'Helga',
  login: null,
  from: 'Basic',
  to: 'Pro',
  state: 'pending' as const,
  ...more,
});

test('an open change of ours is followed', () => {
  expect(findChange(toPro, traces({ open: open() }))).toMatchObject({ outcome: { state: 'pending', changeId: 'c' } });
  expect(findChange(toPro, traces({ open: open({ state: 'unknown' }) }))).toMatchObject({
    outcome: { state: 'unknown' },
  });
});

test("somebody else's open change tells nothing about ours", () => {
  expect(findChange(toPro, traces({ open: open({ operator: 'Mona' }) }, { age: 60_000 }))).toBeNull();
});

test('a settled change of ours is known', () => {
  expect(findChange(toPro, traces({ entries: [entry()] }))).toMatchObject({ outcome: { state: 'applied' } });
  expect(findChange(toPro, traces({ entries: [entry({ outcome: 'failed', failure: 'throttled' })] }))).toMatchObject({
    outcome: { state: 'failed', failure: { code: 'throttled', current: 'Basic' } },
  });
});

test.each([
  ['an older one', { at: '2026-11-24T12:59:00Z' }],
  ["somebody else's", { operator: { id: 'o', name: 'Mona', role: 'admin', login: 'o', hasNamesake: false } }],
  ['one to another plan', { to: 'Plus' }],
  ['a note', { action: 'note' as const }],
])('%s is not taken for ours', (_, more) => {
  expect(findChange(toPro, traces({ entries: [entry(more)] }))).toBeNull();
});

test('no trace means not made only once the request cannot be on its way any more', () => {
  expect(findChange(toPro, traces({}, { age: 4_000 }))).toBeNull();
  expect(findChange(toPro, traces({}, { age: 5_000 }))).toEqual({
    nothing: true,
    license: { license: 'Basic', at: 1 },
  });
});
