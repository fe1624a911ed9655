import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { withDatabase } from '../../testing/database.ts';
import { addAccount } from '../../testing/people.ts';
import { appendEntries, type NewFacts } from '../audit/append-entries.ts';
import { everything } from '../audit/filter.ts';
import { exportEntries } from './export-entries.ts';

const requestId = randomUUID();
const ana = { accountId: 'account', userId: 'p1', userName: 'Ana Silva', requestId };
const dana = { operatorId: 'dana', operatorName: 'Dana Reyes', operatorRole: 'helpdesk' };
const done = { ...ana, ...dana, outcome: 'applied' } as const;

/** The cells of an export of these facts, by their headings. */
async function exported(facts: NewFacts[], filter = everything): Promise<Record<string, string>[]> {
  return withDatabase(async (db) => {
    await addAccount(db, 'account');
    await db.transaction().execute((trx) => appendEntries(trx, facts));
    let csv = '';
    for await (const piece of exportEntries(db, filter, 'csv')) csv += piece;
    expect(csv.startsWith('\uFEFF')).toBe(true);
    const [head = '', ...lines] = csv.slice(1).trimEnd().split('\r\n');
    const names = head.split(',');
    return lines.map((line) => Object.fromEntries(line.split(',').map((cell, at) => [names[at], cell])));
  });
}

test('the audit is exported for spreadsheets in the words of the screen, with the account’s name', async () => {
  const end = '2026-12-01T10:30:00.000000Z';
  const [change, failed, seen, temporary, batch, ends] = await exported([
    { ...done, action: 'change', from: 'Basic', to: 'ProTrial', why: 'Ticket 4711' },
    { ...done, action: 'undo', outcome: 'failed', from: 'ProTrial', to: 'Basic', failure: 'throttled' },
    { ...ana, action: 'outside', outcome: 'applied', fact: 'status', was: 'registered', became: 'suspended' },
    { ...done, action: 'temporary', from: 'Pro', to: 'Basic', became: '2026-12-01T10:30:00.000Z' },
    { ...done, action: 'batch-end', was: '12', became: '11/1', batchId: randomUUID() },
    { ...done, action: 'undo', removedEnd: end, earlierEnd: end, earlierEndIs: 'restored' },
  ]);

  expect(change).toMatchObject({
    Sequence: '1',
    'Time (UTC)': expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/),
    Action: 'Plan changes',
    Outcome: 'Done',
    Operator: 'Dana Reyes',
    Role: 'Helpdesk',
    Person: 'Ana Silva',
    Account: 'Nordwind',
    From: 'Basic',
    To: 'Pro trial',
    Note: 'Ticket 4711',
    'Request ID': requestId,
  });
  expect(failed).toMatchObject({ Outcome: 'Not done', Reason: 'Amazon Chime got too many requests' });
  expect(seen).toMatchObject({
    'Outside: fact': 'Status',
    'Outside: was': 'Registered',
    'Outside: became': 'Suspended',
  });
  expect(temporary).toMatchObject({ 'Until (UTC)': '2026-12-01 10:30:00', 'Outside: became': '' });
  expect(ends).toMatchObject({
    'End date removed (UTC)': '2026-12-01 10:30:00',
    'Earlier end date (UTC)': '2026-12-01 10:30:00',
    'Earlier end date': 'set again',
  });
  expect(batch).toMatchObject({ People: '12', Changed: '11', Failed: '1', 'Outside: was': '' });
});

test('only what was done for a reason is exported, in any case, and no sign in it stands for others', async () => {
  const facts: NewFacts[] = [
    { ...done, action: 'note', why: 'Ticket INC_4711' },
    { ...done, action: 'change', from: 'Basic', to: 'Pro', why: 'INC-4711' },
    { ...done, action: 'change', from: 'Basic', to: 'Pro' },
  ];
  const found = async (reason: string) => (await exported(facts, { ...everything, reason })).map((line) => line.Note);

  expect(await found('inc_4711')).toEqual(['Ticket INC_4711']);
  expect(await found('4711')).toEqual(['Ticket INC_4711', 'INC-4711']);
  expect(await found('%')).toEqual([]);
});
