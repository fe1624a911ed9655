import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encode } from 'next-auth/jwt';
import { beginSession } from '../../lib/auth/session.ts';
import type { Stack } from '../../testing/stack.ts';
import {
  account,
  type Caller,
  callAction,
  personCalled,
  postSignIn,
  postToNextAuth,
  signedIn,
} from '../support/door.ts';
import { pages, routes } from '../support/door-table.ts';
import { expect, test } from '../support/evidence.ts';
import { signInOn } from '../support/sign-in-page.ts';

const ana = 'Ana Silva';
const usersPage = `/accounts/${account}/users`;

/** Which changes there are; what is known of one may grow while it is being confirmed. */
const idsOf = (changes: { id: string }[]) => changes.map(({ id }) => id);

/** What the page would send to put Ana on Pro. */
async function anaToPro(stack: Stack) {
  const { id: userId, license: from } = await personCalled(stack, ana);
  return { accountId: account, choices: [{ userId, from, to: 'Pro' }] };
}

test('a viewer sees plans as plain text, is told why once, and finds nothing to change them with', async ({
  page,
  signIn,
}) => {
  await signIn('viewer');
  await page.goto(`${usersPage}?q=Ana+Silva`);

  const row = page.getByRole('row', { name: ana });
  await expect(row).toContainText('Basic');
  await expect(
    page.getByText('You have view-only access. Ask your admin if you need to change plans.', { exact: true }),
  ).toBeVisible();
  await expect(row.getByRole('button')).toHaveAccessibleName(/^(No changes yet|.+, .+)\. Plan history of Ana Silva$/);
  await expect(page.getByRole('combobox')).toHaveCount(0);
});

test('a viewer who posts a change by hand is refused, and the attempt stands in the audit', async ({
  stack,
  evidence,
}) => {
  const viewer = await signedIn(stack, 'viewer');

  const { result } = await callAction(stack, 'changeLicenses', await anaToPro(stack), viewer);

  expect(result).toMatchObject({ ok: false, failure: { code: 'not-allowed' } });
  expect(await evidence.audit()).toMatchObject([
    { action: 'denied', operator_id: 'example-viewer', outcome: 'failed', failure: 'not-allowed' },
  ]);
  expect(await evidence.changes()).toEqual([]);
  expect(await evidence.updates()).toEqual([]);
});

test('the same post from helpdesk changes the plan', async ({ stack, evidence }) => {
  const helpdesk = await signedIn(stack, 'helpdesk');

  const { result } = await callAction(stack, 'changeLicenses', await anaToPro(stack), helpdesk);

  expect(result).toMatchObject({ ok: true, value: [{ state: 'applied' }] });
  expect(await evidence.journal()).toMatchObject([{ operation: 'UpdateUser', from: 'Basic', to: 'Pro' }]);
});

type Impostor = {
  who: string;
  code: string;
  /** Spoils the session for good. */
  spoils?: true;
  headers: (stack: Stack, helpdesk: Caller) => Promise<Record<string, string>>;
};

const impostors: Impostor[] = [
  { who: 'without a session', code: 'signed-out', headers: async ({ url }) => ({ origin: url }) },
  {
    who: 'with a made-up cookie',
    code: 'signed-out',
    headers: async ({ url }) => ({ origin: url, cookie: 'next-auth.session-token=eyJhbGciOiJkaXIifQ..a.b.c' }),
  },
  {
    who: 'with a cookie that names a live session but was made with another secret',
    code: 'signed-out',
    async headers({ db, url }) {
      const sessionId = await beginSession(db, 'example-helpdesk');
      const cookie = await encode({ token: { sessionId }, secret: 'another secret, of the same length' });
      return { origin: url, cookie: `next-auth.session-token=${cookie}` };
    },
  },
  {
    who: 'with the session cookie as a bearer token',
    code: 'signed-out',
    headers: async (_, { cookie, origin }) => ({ origin, authorization: `Bearer ${cookie.split('=')[1]}` }),
  },
  {
    who: 'in a session that has expired',
    code: 'signed-out',
    spoils: true,
    async headers({ db }, helpdesk) {
      await newestSession(db).set({ expires_at: new Date() }).execute();
      return helpdesk;
    },
  },
  {
    who: 'in a session that nobody has used for half an hour',
    code: 'signed-out',
    spoils: true,
    async headers({ db }, helpdesk) {
      await newestSession(db)
        .set({ seen_at: new Date(Date.now() - 31 * 60_000) })
        .execute();
      return helpdesk;
    },
  },
  {
    who: 'with the old cookie after signing out',
    code: 'signed-out',
    spoils: true,
    async headers(stack, helpdesk) {
      await callAction(stack, 'signOut', '[]', helpdesk);
      return helpdesk;
    },
  },
  {
    who: "with the old cookie after signing out at next-auth's own address",
    code: 'signed-out',
    spoils: true,
    async headers({ url }, helpdesk) {
      const { status } = await postToNextAuth(url, '/signout', helpdesk.cookie, {});
      expect(status).toBe(200);
      return helpdesk;
    },
  },
  {
    who: 'by an operator who has been disabled',
    code: 'signed-out',
    async headers({ db }, helpdesk) {
      await db.updateTable('operators').set({ disabled_at: new Date() }).where('username', '=', 'helpdesk').execute();
      return helpdesk;
    },
  },
  {
    who: 'by an operator whose role has just been lowered',
    code: 'not-allowed',
    async headers({ db }, helpdesk) {
      await db.updateTable('operators').set({ role: 'viewer' }).where('username', '=', 'helpdesk').execute();
      return helpdesk;
    },
  },
  { who: 'without an Origin', code: 'wrong-origin', headers: async (_, { cookie }) => ({ cookie }) },
];

test.describe('a change posted', () => {
  test.use({ keepsState: true });
  test.afterEach(async ({ stack: { db } }) => {
    await db
      .updateTable('operators')
      .set({ disabled_at: null, role: 'helpdesk' })
      .where('username', '=', 'helpdesk')
      .execute();
  });

  for (const { who, code, spoils, headers } of impostors) {
    test(`${who} is refused and never reaches Chime`, async ({ stack, evidence }) => {
      const changes = await evidence.changes();
      const helpdesk = spoils ? await signedIn(stack, 'helpdesk') : await sharedHelpdesk(stack);
      const forged = await headers(stack, helpdesk);

      const { result } = await callAction(stack, 'changeLicenses', await anaToPro(stack), forged);

      expect(result).toMatchObject({ ok: false, failure: { code } });
      expect(idsOf(await evidence.changes())).toEqual(idsOf(changes));
      expect(await evidence.updates()).toEqual([]);
    });
  }

  for (const origin of ['https://evil.example', 'null', 'http://localhost:1', 'not an address']) {
    test(`from a page whose Origin is ${origin} is not even answered`, async ({ stack, evidence }) => {
      const changes = await evidence.changes();
      const { cookie } = await sharedHelpdesk(stack);

      const { status, result } = await callAction(stack, 'changeLicenses', await anaToPro(stack), { cookie, origin });

      expect(status).toBe(403);
      expect(result).toBeUndefined();
      expect(idsOf(await evidence.changes())).toEqual(idsOf(changes));
      expect(await evidence.updates()).toEqual([]);
    });
  }
});

test.describe('from helpdesk', () => {
  test.use({ keepsState: true });
  const nobody = '00000000-0000-4000-8000-000000000000';
  const long = 'a'.repeat(10_000);

  type Hostile = { what: string; input: (choice: object) => unknown };
  const one = (choice: object) => ({ accountId: account, choices: [choice] });
  const badIds = {
    'of ..': '..',
    'with a slash': 'a/../b',
    'of no letters': '',
    'of 10,000 letters': long,
    'with a NUL': 'a\0b',
  };
  const hostile: Hostile[] = [
    ...Object.entries(badIds).flatMap(([what, id]): Hostile[] => [
      { what: `an account ID ${what}`, input: (choice) => ({ accountId: id, choices: [choice] }) },
      { what: `a user ID ${what}`, input: (choice) => one({ ...choice, userId: id }) },
    ]),
    { what: 'a plan that does not exist', input: (choice) => one({ ...choice, to: 'Gold' }) },
    { what: 'a list instead of the object', input: (choice) => [one(choice)] },
    { what: 'nothing at all', input: () => null },
    { what: '51 choices', input: (choice) => ({ ...one(choice), choices: Array(51).fill(choice) }) },
    {
      what: 'a good choice beside a bad one',
      input: (choice) => ({ ...one(choice), choices: [choice, { to: 'Pro' }] }),
    },
    {
      what: 'an object whose prototype holds the change',
      input: (choice) => `[{"__proto__":${JSON.stringify(one(choice))}}]`,
    },
    {
      what: 'an object whose constructor holds the change',
      input: (choice) => ({ constructor: { prototype: one(choice) } }),
    },
  ];

  for (const { what, input } of hostile) {
    test(`a change with ${what} is refused as not understood, and nothing of it is done`, async ({
      stack,
      evidence,
    }) => {
      const changes = await evidence.changes();
      const helpdesk = await sharedHelpdesk(stack);
      const [choice] = (await anaToPro(stack)).choices;

      const { result } = await callAction(stack, 'changeLicenses', input({ ...choice }), helpdesk);

      expect(result).toMatchObject({ ok: false, failure: { code: 'invalid' } });
      expect(idsOf(await evidence.changes())).toEqual(idsOf(changes));
      expect(await evidence.updates()).toEqual([]);
    });
  }

  for (const body of [
    '',
    '{',
    '[',
    '[]',
    '["$1"]',
    '["$@1"]',
    '[{"then":"$1:then"}]',
    '["$1:__proto__:then"]',
    '["$F1"]',
  ]) {
    test(`a body of ${body || 'nothing'} does nothing, and the next request is served`, async ({ stack, evidence }) => {
      const changes = await evidence.changes();
      const helpdesk = await sharedHelpdesk(stack);

      const { result } = await callAction(stack, 'changeLicenses', body, helpdesk);

      expect(result?.ok).not.toBe(true);
      expect(idsOf(await evidence.changes())).toEqual(idsOf(changes));
      expect(await evidence.updates()).toEqual([]);
      const next = await fetch(`${stack.url}/api/accounts/${account}/users`, { headers: helpdesk });
      expect(next.status).toBe(200);
    });
  }

  test('a change of a person who does not exist is refused, and is in the audit', async ({ stack, evidence }) => {
    const helpdesk = await sharedHelpdesk(stack);
    const choices = [{ userId: nobody, from: 'Basic', to: 'Pro' }];

    const { result } = await callAction(stack, 'changeLicenses', { accountId: account, choices }, helpdesk);

    expect(result).toMatchObject({ ok: true, value: [{ state: 'failed', failure: { code: 'unknown-user' } }] });
    expect(await evidence.audit()).toMatchObject([{ action: 'change', user_id: nobody, failure: 'unknown-user' }]);
    expect(await evidence.updates()).toEqual([]);
  });

  test('a refresh of an account that is not ours is refused', async ({ stack }) => {
    const helpdesk = await sharedHelpdesk(stack);

    const { result } = await callAction(stack, 'refreshMirror', { accountId: nobody }, helpdesk);

    expect(result).toMatchObject({ ok: false, failure: { code: 'unknown-account' } });
  });
});

test.describe('the door', () => {
  test.use({ keepsState: true });
  const nobody = '00000000-0000-4000-8000-000000000000';

  const read = Object.entries(routes).filter(([, { method }]) => method !== 'POST');
  for (const [route, { address }] of read) {
    const own = route.includes('[batchId]') ? 404 : 200; // the table's batch is nobody's
    test(`takes no path trick at ${route}, and leaves nothing of it in caches`, async ({ stack }) => {
      const { cookie } = await sharedHelpdesk(stack);
      const { id } = await personCalled(stack, ana);
      const get = (path: string, headers: Record<string, string>, method = 'GET') =>
        fetch(stack.url + path, { method, headers });
      const here = address(account, id);

      const theirs = await get(here, { cookie });
      const stranger = await get(here, {});
      const sameSite = await get(here, { cookie, 'sec-fetch-site': 'same-site' });
      const elsewhere = await get(address(nobody, id), { cookie });
      const dots = await get(address('a..b', id), { cookie });
      const slash = await get(address('a%2Fb', id), { cookie });
      const nul = await get(address('a%00b', id), { cookie });
      const long = await get(address('a'.repeat(10_000), id), { cookie });
      const posted = await get(here, { cookie, origin: stack.url }, 'POST');
      const put = await get(here, { cookie, origin: stack.url }, 'PUT');

      const all = { theirs, stranger, sameSite, elsewhere, dots, slash, nul, long, posted, put };
      expect(Object.entries(all).map(([who, { status }]) => `${who} ${status}`)).toEqual([
        `theirs ${own}`,
        'stranger 401',
        'sameSite 403',
        'elsewhere 404',
        'dots 400',
        'slash 400',
        'nul 400',
        'long 400',
        'posted 405',
        'put 405',
      ]);
      for (const answer of Object.values(all)) expect(answer.headers.get('cache-control')).toMatch(/^no-store\b/);
      await theirs.body?.cancel(); // events go on for as long as somebody listens
      expect(await stranger.json()).toMatchObject({ failure: { code: 'signed-out' } });
    });
  }

  for (const address of Object.values(pages)) {
    test(`leads a stranger from ${address} to sign in and back`, async ({ page }) => {
      await page.goto(address);
      await expect(page).toHaveURL(`/sign-in?return=${encodeURIComponent(address)}`);
    });
  }
});

test.describe('signing in', () => {
  test.use({ keepsState: true });

  test('never leads to another site, whatever the address says', async ({ page, stack }) => {
    const asked = new Set<string>();
    page.on('request', (request) => asked.add(new URL(request.url()).origin));
    const elsewhere = [
      '//evil.example',
      'https://evil.example',
      '/\\evil.example',
      '/.//evil.example',
      'javascript:alert(1)',
    ];

    for (const address of elsewhere) {
      await page.goto(`/sign-in?return=${encodeURIComponent(address)}`);
      await signInOn(page).as(stack.operators.viewer);
      await expect(page.getByRole('heading', { name: 'People' })).toBeVisible();
    }

    expect([...asked]).toEqual([stack.url]);
  });

  test("does not lead elsewhere through next-auth's own callback address either", async ({ stack }) => {
    const { text } = await postSignIn(stack.url, stack.operators.viewer, 'https://evil.example/');

    expect(new URL(JSON.parse(text).url).origin).toBe(stack.url);
  });

  test('answers a wrong password and an unknown user alike', async ({ page, stack }) => {
    const { username, password } = stack.operators.helpdesk;
    const wrong = await postSignIn(stack.url, { username, password: `${password}x` });
    const unknown = await postSignIn(stack.url, { username: 'nobody', password });
    const form = signInOn(page);
    await form.go();
    await form.as({ username, password: 'wrong' });

    await expect(page.getByText('Wrong user name or password.')).toBeVisible();
    const told = ({ status, text, cookies }: typeof wrong) => ({ status, text, cookies });
    expect(told(wrong)).toEqual(told(unknown));
    expect(wrong.status).toBe(401);
    expect(wrong.cookies.filter((cookie) => !cookie.startsWith('next-auth.callback-url='))).toEqual([]);
  });
});

test('no password, no key, no cookie and no name gets into any log', async ({ stack, evidence }) => {
  const { operators, chime } = stack;
  const helpdesk = await signedIn(stack, 'helpdesk');
  const guess = { ...operators.admin, password: 'a guess of mine' };
  await postSignIn(stack.url, guess);
  await callAction(stack, 'changeLicenses', { ...(await anaToPro(stack)), password: guess.password }, helpdesk);
  await callAction(stack, 'changeLicenses', `{"${guess.password}"`, helpdesk);
  await expect.poll(evidence.updates).not.toEqual([]);
  const { PersonalPIN } = await chime.control.changeOutside(account, (await personCalled(stack, ana)).id, {});

  const logs = await Promise.all(['web', 'worker'].map((name) => readFile(join(stack.logs, `${name}.log`), 'utf8')));

  const secrets = [
    ...Object.values(operators).map(({ password }) => password),
    guess.password,
    chime.credentials.secretAccessKey,
    chime.controlToken,
    helpdesk.cookie.split('=')[1],
    PersonalPIN,
    ana,
    'ana.silva@',
  ];
  for (const secret of secrets) {
    expect(secret).toBeTruthy();
    expect(logs.join('\n')).not.toContain(secret);
  }
});

const newestSession = (db: Stack['db']) =>
  db
    .updateTable('sessions')
    .where('id_hash', '=', (sessions) =>
      sessions.selectFrom('sessions').select('id_hash').orderBy('created_at', 'desc').limit(1),
    );

/** One live session for all who do not end it. */
const sessions = new Map<string, Promise<Caller>>();
function sharedHelpdesk(stack: Stack): Promise<Caller> {
  const session = sessions.get(stack.url) ?? signedIn(stack, 'helpdesk');
  sessions.set(stack.url, session);
  return session;
}

test('an account that there is not has no data at any route, also for an admin of all accounts', async ({ stack }) => {
  const admin = await signedIn(stack, 'admin');
  const nowhere = '00000000-0000-4000-8000-00000000dead';

  for (const [name, { address, method = 'GET' }] of Object.entries(routes)) {
    const body = method === 'POST' ? 'email\nana@nordwind.example' : undefined;
    const response = await fetch(stack.url + address(nowhere, 'a'), { method, headers: admin, body });
    expect(response.status, name).toBe(404);
    expect(await response.json(), name).toMatchObject({ failure: { code: 'unknown-account' } });
  }
});
