import type { Stack } from '../../testing/stack.ts';
import { account, callAction, personCalled, signedIn } from '../support/door.ts';
import { expect, test } from '../support/fixtures.ts';

/** What a use case refuses stands in the audit, whichever it is: who tried what, and why it was not done. */

const nobody = '00000000-0000-4000-8000-000000000000';
const fingerprint = '0'.repeat(64);

const entryOf = (stack: Stack, requestId: string) =>
  stack.db.selectFrom('audit_entries').selectAll().where('request_id', '=', requestId).execute();

/** A preview of one person, by the admin. */
async function aPreview(stack: Stack) {
  const admin = await signedIn(stack, 'admin');
  const { id } = await personCalled(stack, 'Ana Silva');
  const people = { kind: 'people', userIds: [id] };
  const { result } = await callAction(
    stack,
    'prepareBatch',
    { accountId: account, people, to: 'Pro', reason: 'T' },
    admin,
  );
  expect(result).toMatchObject({ ok: true });
  return stack.db.selectFrom('batches').selectAll().orderBy('created_at', 'desc').executeTakeFirstOrThrow();
}

type Case = {
  what: string;
  action: string;
  role: 'helpdesk' | 'admin';
  input: (stack: Stack) => Promise<object>;
  entry: object;
};

const own = async (stack: Stack) => {
  const batch = await aPreview(stack);
  await stack.db
    .updateTable('batches')
    .set({ state: 'waiting', submitted_at: new Date() })
    .where('id', '=', batch.id)
    .execute();
  return { accountId: account, batchId: batch.id, fingerprint: batch.fingerprint };
};

const ofAnother = async (stack: Stack) => {
  const batch = await aPreview(stack);
  await stack.db.updateTable('batches').set({ operator_id: 'somebody-else' }).where('id', '=', batch.id).execute();
  return { accountId: account, batchId: batch.id, fingerprint: batch.fingerprint, startAt: null };
};

const cases: Case[] = [
  {
    what: 'the approval of a batch of one’s own',
    action: 'approveBatch',
    role: 'admin',
    input: own,
    entry: { attempt: 'approve-batch', failure: 'not-allowed', refusal: 'Another admin has to approve it.' },
  },
  {
    what: 'the submission of another operator’s preview',
    action: 'submitBatch',
    role: 'admin',
    input: ofAnother,
    entry: { attempt: 'submit-batch', failure: 'not-allowed', refusal: 'Another operator created this preview.' },
  },
  {
    what: 'the submission of another list than the one seen',
    action: 'submitBatch',
    role: 'admin',
    input: async (stack) => ({ accountId: account, batchId: (await aPreview(stack)).id, fingerprint, startAt: null }),
    entry: { attempt: 'submit-batch', failure: 'invalid', refusal: 'The list has changed since it was shown.' },
  },
  {
    what: 'a note on a change that is not one’s own',
    action: 'addNote',
    role: 'helpdesk',
    input: async (stack) => ({
      accountId: account,
      userId: (await personCalled(stack, 'Ana Silva')).id,
      changeId: nobody,
      note: 'Ticket 4711',
    }),
    entry: { attempt: 'add-note', change_id: nobody, failure: 'invalid' },
  },
  {
    what: 'an end of a plan that has passed',
    action: 'setEnding',
    role: 'helpdesk',
    input: async (stack) => ({
      accountId: account,
      userId: (await personCalled(stack, 'Ana Silva')).id,
      license: 'Pro',
      to: 'Basic',
      until: { wall: '2001-01-01T18:00', zone: 'Europe/Berlin' },
    }),
    entry: {
      attempt: 'set-ending',
      user_name: 'Ana Silva',
      user_email: 'ana.silva@nordwind.example',
      failure: 'invalid',
    },
  },
  {
    what: 'the cancelling of a change that does not exist',
    action: 'cancelChange',
    role: 'helpdesk',
    input: async () => ({ accountId: account, changeId: nobody }),
    entry: { attempt: 'cancel-change', failure: 'invalid' },
  },
  {
    what: 'a view without a name',
    action: 'saveView',
    role: 'helpdesk',
    input: async () => ({ accountId: account, name: ' ', params: '' }),
    entry: { attempt: 'save-view', failure: 'invalid' },
  },
  {
    what: 'a token without a name',
    action: 'makeToken',
    role: 'admin',
    input: async () => ({ name: ' ' }),
    entry: { attempt: 'make-token', failure: 'invalid' },
  },
];

for (const { what, action, role, input, entry } of cases) {
  test(`${what} is refused, and the audit says so once`, async ({ stack }) => {
    const caller = await signedIn(stack, role);
    const { result } = await callAction(stack, action, await input(stack), caller);

    if (result?.ok !== false) throw new Error('It was let in.');
    const entries = await entryOf(stack, result.failure.requestId);
    expect(entries).toHaveLength(1);
    expect(entries[0]).toMatchObject({
      action: 'denied',
      outcome: 'failed',
      operator_id: `example-${role}`,
      operator_login: stack.operators[role].username,
      ...entry,
    });
  });
}

test('a change that is refused has its own entry and no other', async ({ stack }) => {
  const caller = await signedIn(stack, 'helpdesk');
  const { id } = await personCalled(stack, 'Ana Silva');
  const before = await stack.db.selectFrom('audit_head').select('sequence').executeTakeFirstOrThrow();
  const choices = [{ userId: id, from: 'Plus', to: 'Pro' }];
  const { result } = await callAction(stack, 'changeLicenses', { accountId: account, choices }, caller);

  expect(result).toMatchObject({ ok: true, value: [{ state: 'failed', failure: { code: 'conflict' } }] });
  const entries = await stack.db
    .selectFrom('audit_entries')
    .selectAll()
    .where('sequence', '>', before.sequence)
    .where('operator_id', '=', 'example-helpdesk')
    .where('action', 'in', ['change', 'denied'])
    .execute();
  expect(entries).toMatchObject([{ action: 'change', outcome: 'failed', failure: 'conflict' }]);
});

test('an export is in the audit with its account, its filter and its rows', async ({ stack }) => {
  const { cookie } = await signedIn(stack, 'viewer');
  for (const [address, entry] of [
    [`/api/accounts/${account}/users/export?q=ana+silva`, { exported: 'people', filter: 'q=ana+silva', count: '1' }],
    [`/api/accounts/${account}/audit/export?format=csv&action=undo`, { exported: 'audit', filter: 'action=undo' }],
  ] as const) {
    const response = await fetch(stack.url + address, { headers: { cookie } });
    await response.body?.cancel(); // broken off
    const last = await stack.db
      .selectFrom('audit_entries')
      .selectAll()
      .where('action', '=', 'export')
      .orderBy('sequence', 'desc')
      .executeTakeFirstOrThrow();
    expect(last).toMatchObject({ operator_id: 'example-viewer', account_id: account, outcome: 'applied', ...entry });
  }
});

test.describe('in another zone than UTC', () => {
  test.use({ timezoneId: 'Asia/Tokyo' });

  test('the audit of a temporary plan is drawn without a complaint of React, its end in the reader’s zone', async ({
    page,
    stack,
    comeIn,
  }) => {
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
    await comeIn('helpdesk');
    const caller = await signedIn(stack, 'helpdesk');
    const { id } = await personCalled(stack, 'Ana Silva');
    const choices = [{ userId: id, from: 'Basic', to: 'Pro' }];
    await callAction(stack, 'changeLicenses', { accountId: account, choices }, caller);
    await expect.poll(async () => (await personCalled(stack, 'Ana Silva')).license).toBe('Pro');
    const day = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
    const until = { wall: `${day}T17:00`, zone: 'UTC' };
    const { result } = await callAction(
      stack,
      'setEnding',
      { accountId: account, userId: id, license: 'Pro', to: 'Basic', until },
      caller,
    );
    expect(result).toMatchObject({ ok: true });

    await page.goto(`/accounts/${account}/audit`);

    await expect(page.getByRole('row').filter({ hasText: 'to end on' }).first()).toContainText(/02:00:00 GMT\+9/);
    expect(complaints).toEqual([]);
  });
});
