import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { AuditEntry } from '../../audit/entry.ts';
import { failureCodes } from '../../failures.ts';
import { reasons } from '../failures.ts';
import { when } from '../formats.ts';
import { auditSentence, window } from '../history.ts';
import { unmarked } from '../marks.ts';
import { people } from '../people.ts';
import { plan } from '../words.ts';

const entry: AuditEntry = {
  sequence: '1',
  at: '2026-11-24T13:00:00Z',
  operator: { id: 'o', name: 'Mona Brandt', role: 'admin', login: 'o', hasNamesake: false },
  action: 'change',
  accountId: 'a',
  user: { id: 'u', name: 'Ana Silva', email: null },
  from: 'Basic',
  to: 'ProTrial',
  changeId: null,
  why: null,
  outcome: 'applied',
  failure: null,
  requestId: 'r',
  awsRequestId: null,
  batch: null,
  until: null,
  removedEnd: null,
  earlierEnd: null,
  outside: null,
  token: null,
  refused: null,
  exported: null,
};

test.each([
  [{}, 'Mona Brandt changed Ana Silva from Basic to Pro trial.'],
  [
    { operator: null, why: 'seen by the sync' },
    'Someone outside Carillon changed Ana Silva from Basic to Pro trial. “seen by the sync”',
  ],
  [{ from: null }, 'Mona Brandt changed Ana Silva to Pro trial.'],
  [
    { outcome: 'failed', failure: 'throttled' },
    'Mona Brandt tried to change Ana Silva from Basic to Pro trial. Not made: Amazon Chime got too many requests.',
  ],
  [{ action: 'undo', from: 'Pro', to: 'Basic' }, 'Mona Brandt undid a change: Ana Silva back from Pro to Basic.'],
  [
    { action: 'ending', from: 'Pro', to: 'Basic' },
    'The Pro plan of Ana Silva ended as planned by Mona Brandt: now on Basic.',
  ],
  [
    { action: 'ending', from: 'Pro', to: 'Plus', outcome: 'failed', failure: 'unsupported-license' },
    'The Pro plan of Ana Silva did not end as planned by Mona Brandt: not set to Plus, because the plan is not available in this account.',
  ],
  [
    { action: 'late', from: 'Basic', to: 'Pro' },
    'An earlier attempt of Mona Brandt arrived late: Ana Silva from Basic to Pro.',
  ],
  [{ action: 'keep', from: 'Pro', to: 'Pro' }, 'Mona Brandt kept Pro for Ana Silva.'],
  [{ action: 'note', why: 'Ticket 7' }, 'Mona Brandt added a note about Ana Silva: “Ticket 7”'],
  [{ action: 'sign-in', user: null }, 'Mona Brandt signed in.'],
  [{ action: 'sign-out', user: null }, 'Mona Brandt signed out.'],
  [
    {
      action: 'outside',
      operator: null,
      outside: { fact: 'license', was: 'Basic', became: 'Pro', since: '2026-11-24T13:50:00Z' },
    },
    'Ana Silva was changed outside Carillon, from Basic to Pro.',
  ],
  [
    { action: 'outside', operator: null, outside: { fact: 'left', was: 'Pro', became: null, since: null } },
    'Ana Silva left the account; they had Pro.',
  ],
  [
    { action: 'denied', outcome: 'failed', failure: 'not-allowed' },
    'Mona Brandt was refused a change of Ana Silva: not allowed for this role.',
  ],
  [
    { action: 'denied', outcome: 'failed', failure: 'not-allowed', user: null, why: 'audit:view-all' },
    'Mona Brandt tried to see the audit of all accounts, which the role admin does not allow.',
  ],
  [
    {
      action: 'denied',
      outcome: 'failed',
      failure: 'not-allowed',
      user: null,
      refused: { attempt: 'approve-batch', said: 'Another admin has to approve it.', more: null },
    },
    'Mona Brandt tried to approve a batch. Refused: Another admin has to approve it.',
  ],
  [
    {
      action: 'export',
      user: null,
      exported: { what: 'people', filter: 'q=silva&plan=Pro.none', rows: 1_204 },
    },
    'Mona Brandt exported 1,204 people (“silva”; Plan: Pro, Unknown).',
  ],
  [
    { action: 'export', user: null, exported: { what: 'audit', filter: 'action=denied&from=2026-11-01', rows: 1 } },
    'Mona Brandt exported 1 entry of the audit (From (UTC): 2026-11-01; What: Refused attempts).',
  ],
  [
    {
      action: 'export',
      user: null,
      exported: { what: 'comparison', filter: 'from=2026-11-01&to=2026-11-28', rows: 40 },
    },
    'Mona Brandt exported a comparison of counts (from 2026-11-01; to 2026-11-28).',
  ],
  [
    {
      action: 'export',
      user: null,
      exported: { what: 'moved', filter: 'from=2026-11-01&to=2026-11-28&was=Basic&is=Pro', rows: 140 },
    },
    'Mona Brandt exported 140 changes of plans, with the people (from 2026-11-01; to 2026-11-28).',
  ],
  [
    { action: 'batch-submit', user: null, to: 'Pro', batch: { id: 'b', people: 20 }, token: 'build server' },
    'Mona Brandt submitted a batch of 20 people to Pro. With the token “build server”.',
  ],
  [
    { action: 'batch-end', user: null, batch: { id: 'b', people: 1_812, changed: 1_799, failed: 1_001 } },
    'A batch of 1,812 people by Mona Brandt has ended: 1,799 changed, 1,001 failed.',
  ],
  [{ action: 'cancel', to: 'Pro' }, 'Mona Brandt cancelled the change of Ana Silva from Basic to Pro.'],
] satisfies [Partial<AuditEntry>, string][])('a line of history reads as a sentence %#', (more, sentence) => {
  expect(unmarked(auditSentence({ ...entry, ...more }))).toBe(sentence);
});

test('operators of one name are told apart, and people where many stand together', () => {
  const operator = { id: 'mona-2', name: 'Mona Brandt', role: 'admin', login: 'mona.b', hasNamesake: true };
  const user = { id: 'u', name: 'Ana Silva', email: 'ana.silva@nordwind.example' };

  expect(unmarked(auditSentence({ ...entry, operator }))).toMatch(/^Mona Brandt \(mona\.b\) changed Ana Silva from/);
  expect(unmarked(auditSentence({ ...entry, user }, { zone: 'UTC', isAmongMany: true }))).toBe(
    'Mona Brandt changed Ana Silva (ana.silva@nordwind.example) from Basic to Pro trial.',
  );
});

test('the end of a plan is told in the zone that is asked for', () => {
  const temporary = { ...entry, action: 'temporary' as const, until: '2026-11-29T17:00:00Z' };
  expect(auditSentence(temporary, { zone: 'UTC', isAmongMany: false })).toContain('29 Nov 2026, 17:00:00 UTC');
  expect(auditSentence(temporary, { zone: 'Asia/Tokyo', isAmongMany: false })).toContain('30 Nov 2026, 02:00:00');
});

test('what people are called and what they write makes nothing bold that we have not said', () => {
  const user = { id: 'u', name: 'Ana** was put on Pro by **Ada Okoye', email: null };
  const why = '**Ada Okoye** said so';

  expect(auditSentence({ ...entry, user, why })).toBe(
    '**Mona Brandt** changed **Ana was put on Pro by Ada Okoye** from Basic to Pro trial. “Ada Okoye said so”',
  );
});

test('counts have their plural', () => {
  expect(people.found(1)).toBe('1 person found');
  expect(people.found(4997)).toBe('4,997 people found');
  expect(when.ago(1)).toBe('1 minute ago');
  expect(when.ago(18)).toBe('18 minutes ago');
  expect(when.ago(180)).toBe('3 hours ago');
});

test('no number is written without its thousands separator', () => {
  const files = globSync('**/*.ts', { cwd: import.meta.dirname }).filter((file) => !file.endsWith('.test.ts'));
  expect(files.length).toBeGreaterThan(25);
  for (const file of files) {
    const source = readFileSync(join(import.meta.dirname, file), 'utf8');
    const numbers = [...source.matchAll(/\b(\w+): number\b/g)].map(([, name]) => name);
    const plain = [...numbers.map((name) => `\\b${name}`), '\\?\\? 0', '\\.length']
      .map((end) => `\\$\\{[^}()]*${end}\\}`)
      .join('|');
    expect({ file, plain: source.match(new RegExp(plain, 'g')) }).toEqual({ file, plain: null });
  }
});

test('a moment in UTC says so where the zone matters', () => {
  expect(when.clock('2026-11-24T14:02:00Z', 'UTC')).toBe('14:02');
  expect(when.exact('2026-11-24T14:02:09Z', 'UTC')).toBe('24 Nov 2026, 14:02:09 UTC');
});

test('what was only seen afterwards has the time between which it happened', () => {
  const { between } = window;
  expect(between('2026-11-24T13:50:00Z', '2026-11-24T14:05:00Z', 'UTC')).toMatch(
    /^Between 24 Nov 2026, 13:50:00( UTC)? and 14:05:00 UTC$/,
  );
  expect(between('2026-11-23T13:50:00Z', '2026-11-24T14:05:00Z', 'UTC')).toContain('23 Nov 2026');
});

test('plans we do not know are shown as Chime spells them', () => {
  expect(plan('Gold')).toBe('Gold');
  expect(plan('ProTrial')).toBe('Pro trial');
});

test('every failure has its reason in half a sentence', () => {
  for (const code of failureCodes) expect(reasons[code]).toMatch(/^[A-Za-z].*[^.]$/);
});
