import type { Role } from '../../lib/operators/roles.ts';
import { exampleAccounts } from '../../local-chime/people/organisation.ts';
import type { Stack } from '../../testing/stack.ts';
import { account, callAction, personCalled } from '../support/door.ts';
import { actions, deskRoutes, pages, routes, verdictElsewhere } from '../support/door-table.ts';
import { expect } from '../support/evidence.ts';
import { openTest } from '../support/open-test.ts';
import { Visitor } from '../support/provider.ts';

/** What operators of some accounts learn of the others: nothing, not even that there are any. */

const { team, enterprise, directory } = exampleAccounts;
const nowhere = '00000000-0000-4000-8000-000000000000';
const session = 'next-auth.session-token';

const groups = {
  'team-viewers': { role: 'viewer', accounts: [team] },
  'team-helpdesk': { role: 'helpdesk', accounts: [team] },
  'team-admins': { role: 'admin', accounts: [team] },
  'two-admins': { role: 'admin', accounts: [team, directory] },
  owners: { role: 'admin', accounts: 'all' },
};
const rules = { scope: 'openid profile email groups', help: 'Ask the IT desk.', groups };

const test = openTest(rules).extend<{ freshRules: undefined }>({
  freshRules: [
    async ({ open, provider }, use) => {
      await open.writeRules(rules);
      provider.people.clear();
      for (const group of Object.keys(groups)) provider.people.set(group, { name: `Sam of ${group}`, groups: [group] });
      await use(undefined);
    },
    { auto: true },
  ],
});

test.use({ keepsState: true });

type Caller = { cookie: string; origin: string };

async function arrive(stack: Stack, login: keyof typeof groups): Promise<Caller> {
  const visitor = new Visitor();
  await visitor.signIn(stack, login);
  return { cookie: `${session}=${visitor.cookieOf(stack.url, session)}`, origin: stack.url };
}

/** Everything the product has written down that a refused request must not have touched. */
async function writtenDown({ db }: Stack) {
  const [changes, views, lists, batches, wanted] = await Promise.all([
    db.selectFrom('changes').select('id').orderBy('id').execute(),
    db.selectFrom('views').selectAll().orderBy('name').execute(),
    db.selectFrom('lists').select('id').orderBy('id').execute(),
    db.selectFrom('batches').select(['id', 'state']).orderBy('id').execute(),
    db.selectFrom('accounts').select('id').where('sync_wanted', '=', true).execute(),
  ]);
  return { changes, views, lists, batches, wanted };
}

/** Pages that operators of another account do not find; the counts of all accounts are those of their own. */
const isOfAnother = (path: string) =>
  (path.startsWith('/accounts/') && !path.startsWith('/accounts/trend')) || path === '/audit';

/** A failure without what is different each time. */
const plain = ({ requestId: _, at: __, ...failure }: Record<string, unknown>) => failure;

async function failureAt(stack: Stack, path: string, { cookie, origin }: Caller, method = 'GET') {
  const response = await fetch(stack.url + path, { method, headers: { cookie, ...(method === 'POST' && { origin }) } });
  const text = await response.text();
  return { status: response.status, failure: plain(JSON.parse(text).failure), headers: response.headers };
}

const aboutAccount = Object.entries(actions).filter(([, { input }]) => 'accountId' in input);

const logins = { viewer: 'team-viewers', helpdesk: 'team-helpdesk', admin: 'team-admins' } as const satisfies Record<
  Role,
  string
>;
const roles = ['viewer', 'helpdesk', 'admin'] as const;

for (const role of roles) {
  test(`each action tells a ${role} of another account that there is no such account, and nothing of it happens`, async ({
    stack,
    evidence,
  }) => {
    const caller = await arrive(stack, logins[role]);
    await stack.killWorker(); // whatever reaches Chime from here on was sent by the web
    const before = await writtenDown(stack);
    const calls = (await stack.chime.control.calls()).at(-1)?.seq;

    for (const [action, { needs, input }] of aboutAccount) {
      const theirs = await callAction(stack, action, input, caller);
      const none = await callAction(stack, action, { ...input, accountId: nowhere }, caller);

      const code = verdictElsewhere[role][needs];
      expect(theirs.result, action).toMatchObject({ ok: false, failure: { code } });
      if (theirs.result?.ok !== false || none.result?.ok !== false) throw new Error(`${action} was let in`);
      expect(plain(theirs.result.failure), action).toEqual(plain(none.result.failure));
      expect(theirs.status, action).toBe(none.status);
      expect(theirs.text, action).not.toMatch(/Nordwind|@nordwind/);
      expect(await denialOf(stack, theirs.result.failure.requestId), action).toMatchObject({
        action: 'denied',
        outcome: 'failed',
        operator_name: `Sam of ${logins[role]}`,
        operator_role: role,
        account_id: account,
        failure: code,
        refusal: code === 'not-allowed' ? `The role ${role} does not allow it.` : 'No such account.',
      });
    }

    expect(await writtenDown(stack)).toEqual(before);
    expect(await evidence.journal()).toEqual([]);
    expect(await stack.chime.control.calls(calls)).toEqual([]);
  });

  test(`each route tells a ${role} of another account what it tells of an account that does not exist`, async ({
    stack,
  }) => {
    const caller = await arrive(stack, logins[role]);
    await stack.refreshMirror();
    const { id } = await personCalled(stack, 'Ana Silva');
    await stack.killWorker();
    const calls = (await stack.chime.control.calls()).at(-1)?.seq;
    const denials = () => denialsCounted(stack, `Sam of ${logins[role]}`);
    const codes = new Set<string>();

    for (const [route, { needs, address, method }] of Object.entries(routes)) {
      const before = await denials();
      const theirs = await failureAt(stack, address(account, id), caller, method);
      const none = await failureAt(stack, address(nowhere, id), caller, method);

      const code = verdictElsewhere[role][needs];
      codes.add(code);
      expect(theirs.failure, route).toEqual({ code });
      expect({ status: theirs.status, failure: theirs.failure }, route).toEqual({
        status: none.status,
        failure: none.failure,
      });
      expect(theirs.status, route).toBe(code === 'not-allowed' ? 403 : 404);
      expect(await denials(), route).toBe(before + 2);
    }

    expect(await stack.chime.control.calls(calls)).toEqual([]);
    const written = (await denialsOf(stack, `Sam of ${logins[role]}`)).filter((one) => one.account_id === account);
    expect(written.length).toBeGreaterThan(5);
    for (const one of written) expect(one).toMatchObject({ operator_role: role });
    expect(written.filter(({ failure }) => !codes.has(failure ?? ''))).toEqual([]);
    expect(written.map(({ failure }) => failure)).toContain('unknown-account');
  });

  test(`each page and each list shows a ${role} of another account their own and nothing else`, async ({ stack }) => {
    const { cookie } = await arrive(stack, logins[role]);
    await stack.refreshMirror();
    const owner = await arrive(stack, 'owners');
    const read = async (path: string, headers: Record<string, string> = {}) => {
      const response = await fetch(stack.url + path, { headers: { cookie, ...headers } });
      return { status: response.status, text: await response.text() };
    };

    expect((await read('/accounts', owner)).text).toMatch(/Nordwind/);
    expect((await read(pages['accounts/[accountId]/users'] ?? '', owner)).text).toMatch(/@nordwind/);
    for (const path of Object.values(pages)) {
      for (const asRouter of [false, true]) {
        const { status, text } = await read(path, asRouter ? { rsc: '1' } : {});
        expect(text, path).not.toMatch(/Nordwind|@nordwind|Ana Silva/);
        if (isOfAnother(path)) expect(text, path).toContain('Page not found');
        else expect(status, path).toBe(200);
      }
    }

    for (const [route, { needs, address }] of Object.entries(deskRoutes)) {
      const { status, text } = await read(address);
      expect(status, route).toBe(needs === 'audit:view-all' ? 403 : 200);
      expect(text, route).not.toMatch(/Nordwind|@nordwind/);
      expect(text, route).not.toContain(enterprise);
    }
    const { accounts } = JSON.parse((await read('/api/accounts')).text);
    expect(accounts.map(({ id }: { id: string }) => id)).toEqual([team]);
    for (const path of ['/', '/accounts', `/accounts/${team}/users`, `/accounts/${team}/licenses`]) {
      const { text } = await read(path);
      expect(text, path).toContain('Harbour Books');
      expect(text, path).not.toContain(enterprise);
      expect(text, path).not.toContain(directory);
    }
  });
}

test('the totals of an operator of two accounts are those of the two', async ({ stack, page }) => {
  const { cookie } = await arrive(stack, 'two-admins');
  const people = async (ids: string[]) => {
    const rows = await stack.db.selectFrom('users').select('id').where('account_id', 'in', ids).execute();
    return rows.length;
  };
  const own = await people([team, directory]);
  expect(await people([enterprise])).toBeGreaterThan(0);

  const { accounts } = JSON.parse(await (await fetch(`${stack.url}/api/accounts`, { headers: { cookie } })).text());
  const [name = '', value = ''] = cookie.split('=');
  await page.context().addCookies([{ name, value, url: stack.url, httpOnly: true }]);
  await page.goto('/accounts');

  const shown = accounts.map(({ total }: { total: { people: number } }) => total.people);
  expect(shown.reduce((sum: number, count: number) => sum + count, 0)).toBe(own);
  await expect(page.getByRole('main')).toContainText(new Intl.NumberFormat('en-GB').format(own));
});

test('the ID of another account’s change, list, request or person leads nowhere in one’s own', async ({
  stack,
  evidence,
}) => {
  const owner = await arrive(stack, 'owners');
  const helpdesk = await arrive(stack, 'team-helpdesk');
  const ana = await personCalled(stack, 'Ana Silva');
  const to = ana.license === 'Pro' ? 'Basic' : 'Pro';
  const made = await callAction(
    stack,
    'changeLicenses',
    { accountId: enterprise, choices: [{ userId: ana.id, from: ana.license, to }] },
    owner,
  );
  expect(made.result).toMatchObject({ ok: true, value: [{ state: 'applied' }] });
  const change = await stack.db
    .selectFrom('changes')
    .select(['id', 'request_id'])
    .where('user_id', '=', ana.id)
    .orderBy('requested_at', 'desc')
    .executeTakeFirstOrThrow();
  const text = `${ana.id}\nana.silva@nordwind.example`;
  await callAction(stack, 'keepList', { accountId: enterprise, text }, owner);
  const list = await stack.db
    .selectFrom('lists')
    .select('id')
    .where('account_id', '=', enterprise)
    .orderBy('created_at', 'desc')
    .executeTakeFirstOrThrow();
  const updates = (await evidence.updates()).length;

  const ownAction = async (action: string, input: object) =>
    (await callAction(stack, action, { accountId: team, ...input }, helpdesk)).result;
  const read = async (path: string) => {
    const response = await fetch(`${stack.url}/api/accounts/${team}/${path}`, { headers: { cookie: helpdesk.cookie } });
    return { status: response.status, text: await response.text() };
  };

  for (const action of ['cancelChange', 'checkChange', 'addNote']) {
    const result = await ownAction(action, { userId: ana.id, changeId: change.id, note: 'mine' });
    expect(result, action).toMatchObject({ ok: false, failure: { code: 'invalid' } });
  }
  const undo = await ownAction('changeLicenses', {
    choices: [{ userId: ana.id, from: to, to: ana.license ?? 'Basic', undoes: change.id }],
  });
  expect(undo).toMatchObject({ ok: true, value: [{ state: 'failed', failure: { code: 'invalid' } }] });
  const stolen = await ownAction('changeLicenses', { choices: [{ userId: ana.id, from: to, to: 'Plus' }] });
  expect(stolen).toMatchObject({ ok: true, value: [{ state: 'failed' }] });

  expect(JSON.parse((await read(`changes?ids=${change.id}`)).text)).toEqual({ changes: [] });
  expect((await read(`users/${ana.id}`)).status).toBe(404);
  for (const path of [
    `users?q=${change.request_id}`,
    `users?q=${ana.id}`,
    `users?list=${list.id}`,
    `users/export?q=${change.request_id}`,
    `users/export?list=${list.id}`,
    `users/elsewhere?q=Ana+Silva`,
    `users/near?q=Ana+Silvva`,
    `users/${ana.id}/history`,
    `counts?q=${change.request_id}`,
    `counts?list=${list.id}`,
    `licenses`,
    `audit/export?format=csv&person=${ana.id}&accountId=${enterprise}&request=${change.request_id}`,
    `audit/export?format=jsonl&request=${change.request_id}`,
    `users?accountId=${enterprise}&q=ana.silva`,
  ]) {
    const { text: told } = await read(path);
    expect(told, path).not.toMatch(/@nordwind|Nordwind|Sam of owners/);
    expect(told, path).not.toContain(change.id);
  }
  expect((await evidence.updates()).length).toBe(updates);
});

test('another account’s batch leads nowhere in one’s own, and nobody of it is told', async ({ stack, evidence }) => {
  const owner = await arrive(stack, 'owners');
  const admin = await arrive(stack, 'team-admins');
  const ana = await personCalled(stack, 'Ana Silva');
  const to = ana.license === 'Pro' ? 'Basic' : 'Pro';
  const wish = { to, reason: 'Ticket 4711', people: { kind: 'people', userIds: [ana.id] } };
  await callAction(stack, 'prepareBatch', { accountId: enterprise, ...wish }, owner);
  const batch = await stack.db
    .selectFrom('batches')
    .selectAll()
    .where('account_id', '=', enterprise)
    .orderBy('created_at', 'desc')
    .executeTakeFirstOrThrow();
  const target = { accountId: team, batchId: batch.id, fingerprint: batch.fingerprint };

  for (const [action, input] of [
    ['submitBatch', { ...target, startAt: null }],
    ['approveBatch', target],
    ['editDraft', { ...target, edit: { kind: 'leave-out', positions: [1] } }],
    ['steerBatch', { ...target, steer: 'discard' }],
    ['prepareBatch', { ...wish, accountId: team, to: null, people: { kind: 'retry', batchId: batch.id } }],
    ['prepareBatch', { ...wish, accountId: team, to: null, people: { kind: 'undo', batchId: batch.id } }],
  ] as const) {
    const { result, text } = await callAction(stack, action, input, admin);
    expect(result, action).toMatchObject({ ok: false, failure: { code: 'invalid' } });
    expect(text, action).not.toMatch(/@nordwind|Ana Silva|Sam of owners/);
  }
  await callAction(stack, 'prepareBatch', { ...wish, accountId: team }, admin);
  for (const path of ['', `/${batch.id}`, `/${batch.id}/items`, `/${batch.id}/export`]) {
    const address = `${stack.url}/api/accounts/${team}/batches${path}`;
    const response = await fetch(address, { headers: { cookie: admin.cookie } });
    expect(response.status, path).toBe(path === '' ? 200 : 404);
    const told = await response.text();
    expect(told, path).not.toMatch(/@nordwind|Ana Silva|Sam of owners/);
    expect(told, path).not.toContain(batch.id);
  }
  const { state } = await stack.db
    .selectFrom('batches')
    .select('state')
    .where('id', '=', batch.id)
    .executeTakeFirstOrThrow();
  expect(state).toBe('draft');
  expect(await evidence.updates()).toEqual([]);
});

test('an operator whose accounts become others hears nothing more of the first, and does nothing there', async ({
  stack,
  open,
  evidence,
}) => {
  const caller = await arrive(stack, 'team-helpdesk');
  const events = await fetch(`${stack.url}/api/accounts/${team}/events`, { headers: { cookie: caller.cookie } });
  const reader = events.body?.pipeThrough(new TextDecoderStream()).getReader();
  let heard = '';
  while (!heard.includes('event: hello')) heard += (await reader?.read())?.value ?? '';

  await open.writeRules({
    ...rules,
    groups: { ...groups, 'team-helpdesk': { role: 'helpdesk', accounts: [directory] } },
  });

  const before = (await evidence.changes()).length;
  const { result } = await callAction(stack, 'refreshMirror', { accountId: team }, caller);
  expect(result).toMatchObject({ ok: false, failure: { code: 'unknown-account' } });
  let end = await reader?.read();
  while (end && !end.done) {
    expect(end.value).not.toContain('event: changed');
    end = await reader?.read();
  }
  expect((await evidence.changes()).length).toBe(before);
});

test('a made-up account in the address of a page leaves nothing of it in the audit', async ({ stack }) => {
  const { cookie } = await arrive(stack, 'team-viewers');
  const before = (await denialsOf(stack, 'Sam of team-viewers')).length;

  for (const made of ['a..b', 'a%2Fb', 'a%00b', '%3Cscript%3E', `${'a'.repeat(5_000)}`, '=cmd()', '__proto__']) {
    for (const place of ['users', 'licenses', 'audit']) {
      const response = await fetch(`${stack.url}/accounts/${made}/${place}`, { headers: { cookie } });
      expect(await response.text(), `${made} ${place}`).toContain('Page not found');
      expect(response.status, `${made} ${place}`).toBe(404);
    }
  }

  expect((await denialsOf(stack, 'Sam of team-viewers')).length).toBe(before);
});

async function denialOf({ db }: Stack, requestId: string) {
  return db.selectFrom('audit_entries').selectAll().where('request_id', '=', requestId).executeTakeFirst();
}

/** Newest first. */
async function denialsOf({ db }: Stack, operator: string) {
  return db
    .selectFrom('audit_entries')
    .selectAll()
    .where('action', '=', 'denied')
    .where('operator_name', '=', operator)
    .orderBy('sequence', 'desc')
    .execute();
}

/** All of them, also those that are counted because so many in one minute have an entry of their own. */
async function denialsCounted({ db }: Stack, operator: string): Promise<number> {
  const { refused } = await db
    .selectFrom('refusal_counts')
    .select(({ fn }) => fn.sum<string>('refused').as('refused'))
    .where('operator_name', '=', operator)
    .executeTakeFirstOrThrow();
  return Number(refused ?? 0);
}
