import { connect } from 'node:net';
import type { Page } from '@playwright/test';
import type { Stack } from '../../testing/stack.ts';
import { account, type Caller, callAction, serverActions, signedIn } from '../support/door.ts';
import { expect, test } from '../support/evidence.ts';
import { peopleOn } from '../support/people-page.ts';
import { signInOn } from '../support/sign-in-page.ts';

/** What somebody who means harm sends, byte by byte where it must be. */

test.use({ keepsState: true });

const usersPage = `/accounts/${account}/users`;
const usersData = `/api/accounts/${account}/users`;
const events = `/api/accounts/${account}/events`;

/** Sends bytes as they are; the answer is everything that comes back until the server hangs up, or until it is enough. */
function sendRaw({ url }: Stack, text: string, isEnough = (_: string) => false): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    let answer = '';
    socket.on('data', (data) => {
      answer += data.toString('latin1');
      if (isEnough(answer)) socket.destroy();
    });
    socket.once('close', () => resolve(answer));
    socket.once('error', reject);
    socket.write(text);
  });
}

const statuses = (answer: string) => [...answer.matchAll(/^HTTP\/1\.1 (\d+)/gm)].map(([, status]) => Number(status));
const headOf = (answer: string) => answer.slice(0, answer.indexOf('\r\n\r\n'));
const hostOf = ({ url }: Stack) => new URL(url).host;

const everywhere = [
  'x-content-type-options: nosniff',
  'x-frame-options: deny',
  'referrer-policy: same-origin',
  'cross-origin-resource-policy: same-origin',
  "content-security-policy: default-src 'none'",
  'no-store',
];

for (const path of ['/sign-in', usersData, '/icon.svg', '/_next/static/nothing.js', '/nowhere', '/api/auth/csrf']) {
  test(`TRACE of ${path} is refused as what nothing here has, with every header`, async ({ stack }) => {
    const answer = await sendRaw(
      stack,
      `TRACE ${path} HTTP/1.1\r\nHost: ${hostOf(stack)}\r\nCookie: a=secret\r\nConnection: close\r\n\r\n`,
    );

    expect(statuses(answer)).toEqual([405]);
    for (const header of everywhere) expect(headOf(answer).toLowerCase()).toContain(header);
    expect(answer).not.toContain('secret');
  });
}

for (const target of [
  'http://evil.example/',
  `http://evil.example${usersPage}`,
  'https://evil.example/%2e%2e/',
  'http://localhost@evil.example/',
  '*',
]) {
  test(`a request for ${target} is not sent on anywhere`, async ({ stack }) => {
    const answer = await sendRaw(
      stack,
      `GET ${target} HTTP/1.1\r\nHost: ${hostOf(stack)}\r\nConnection: close\r\n\r\n`,
    );

    expect(statuses(answer)).toEqual([400]);
    expect(answer).not.toContain('evil');
  });
}

test('a request with two hosts is a bad one, whichever comes first', async ({ stack }) => {
  for (const hosts of [
    [hostOf(stack), 'evil.example'],
    ['evil.example', hostOf(stack)],
  ]) {
    const lines = hosts.map((host) => `Host: ${host}\r\n`).join('');
    const answer = await sendRaw(stack, `GET /sign-in HTTP/1.1\r\n${lines}Connection: close\r\n\r\n`);
    expect(statuses(answer)).toEqual([400]);
  }
});

for (const path of ['/nowhere', '/_next/webpack-hmr', usersPage, events]) {
  test(`who asks ${path} for another protocol is answered in this one, and not kept`, async ({ stack }) => {
    const answer = await sendRaw(
      stack,
      `GET ${path} HTTP/1.1\r\nHost: ${hostOf(stack)}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
        'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n',
      (so) => so.includes('\r\n\r\n'),
    );

    expect([307, 401, 404]).toContain(statuses(answer)[0]);
  });
}

const smuggled = `GET ${usersData} HTTP/1.1\r\nHost: x\r\n\r\n`;
const ambiguous: Record<string, string> = {
  'a length and chunks': 'Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nG',
  'two lengths': 'Content-Length: 2\r\nContent-Length: 5\r\n\r\n[]abc',
  'the same length twice': 'Content-Length: 2\r\nContent-Length: 2\r\n\r\n[]',
  'a list of lengths': 'Content-Length: 2, 2\r\n\r\n[]',
  'a signed length': 'Content-Length: +2\r\n\r\n[]',
  'an endless length': 'Content-Length: 99999999999999999999\r\n\r\n[]',
  'an unknown encoding': 'Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n',
  'an encoding after a blank': 'Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n',
  'an encoding that is not the last': 'Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n',
  'a folded header': 'X-A: b\r\n Content-Length: 2\r\n\r\n[]',
  'a chunk of endless size': 'Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n[]\r\n0\r\n\r\n',
  'a NUL in a header': 'X-A: b\0c\r\n\r\n',
};

for (const [what, rest] of Object.entries(ambiguous)) {
  test(`a request with ${what} is one bad request, and nothing behind it is read`, async ({ stack }) => {
    const answer = await sendRaw(stack, `POST ${usersPage} HTTP/1.1\r\nHost: ${hostOf(stack)}\r\n${rest}${smuggled}`);

    expect(statuses(answer)).toEqual([400]);
  });
}

for (const [what, line] of Object.entries({ 'of a method': 'PUT /sign-in', 'of a trace': 'TRACE /sign-in' })) {
  test(`the body behind a refusal ${what} is no request of its own`, async ({ stack }) => {
    const length = `Content-Length: ${smuggled.length}`;
    const answer = await sendRaw(
      stack,
      `${line} HTTP/1.1\r\nHost: ${hostOf(stack)}\r\nConnection: close\r\n${length}\r\n\r\n${smuggled}`,
    );

    expect(statuses(answer)).toEqual([405]);
  });
}

test('what Next answers by itself carries every header too', async ({ stack }) => {
  for (const path of [
    '/_next/static/nothing.js',
    '/_next/static/..%2f..%2fBUILD_ID',
    '/_next/static/',
    '/icon.svg%00',
  ]) {
    const { headers } = await fetch(stack.url + path, { redirect: 'manual' });
    for (const name of ['x-frame-options', 'referrer-policy', 'content-security-policy', 'permissions-policy']) {
      expect(headers.get(name), `${path} ${name}`).toBeTruthy();
    }
  }
});

test('nobody is served pictures from elsewhere, or other answers as pictures', async ({ stack }) => {
  for (const url of ['/icon.svg', usersData, 'http://127.0.0.1:1/', 'https://evil.example/x.png']) {
    const { status } = await fetch(`${stack.url}/_next/image?url=${encodeURIComponent(url)}&w=64&q=75`);
    expect(status, url).toBe(404);
  }
});

test('the headers by which parts of Next talk to each other change nothing from outside', async ({ stack }) => {
  const forged = {
    'x-middleware-subrequest': Array(5).fill('proxy').join(':'),
    'x-middleware-prefetch': '1',
    'x-middleware-rewrite': usersData,
    'x-middleware-override-headers': 'cookie',
    'x-nextjs-data': '1',
    'x-matched-path': '/audit',
    'x-now-route-matches': '1=x',
    'x-invoke-path': '/audit',
    'x-invoke-status': '500',
    'x-prerender-revalidate': 'x',
    'next-resume': '1',
  };
  const answerOf = async (path: string, headers: Record<string, string>) => {
    const response = await fetch(stack.url + path, { headers, redirect: 'manual' });
    const { status } = response;
    return { status, length: (await response.text()).length > 100, location: response.headers.get('location') };
  };

  for (const path of [usersData, usersPage, '/sign-in', '/nowhere']) {
    const plain = await answerOf(path, {});
    for (const [name, value] of Object.entries(forged)) {
      expect(await answerOf(path, { [name]: value }), `${path} ${name}`).toEqual(plain);
    }
  }
});

test('the words of an address never become headers', async ({ stack }) => {
  const error = encodeURIComponent('a\r\nSet-Cookie: x=y; "><script>');
  const answer = await fetch(`${stack.url}/api/auth/error?error=${error}`, { redirect: 'manual' });

  expect(answer.status).toBe(302);
  expect(answer.headers.getSetCookie()).toEqual([]);
  expect(answer.headers.get('location')).toMatch(/^[\x21-\x7e]+\/sign-in\?error=[^"<>]+$/);
});

test.describe('live streams', () => {
  const listen = async ({ url }: Stack, { cookie }: Pick<Caller, 'cookie'>, method = 'GET') => {
    const closing = new AbortController();
    const { status } = await fetch(url + events, { method, headers: { cookie }, signal: closing.signal });
    return { status, close: () => closing.abort() };
  };

  test('are so many for each operator, whatever the session, and whoever goes makes room', async ({ stack }) => {
    const viewer = await signedIn(stack, 'viewer');
    for (let time = 0; time < 40; time += 1) expect((await listen(stack, viewer, 'HEAD')).status).toBe(200);
    const open = await Promise.all(Array.from({ length: 30 }, () => listen(stack, viewer)));
    expect(open.filter(({ status }) => status !== 200)).toEqual([]);

    expect((await listen(stack, viewer)).status).toBe(429);
    expect((await listen(stack, await signedIn(stack, 'viewer'))).status).toBe(429);
    const other = await listen(stack, await signedIn(stack, 'helpdesk'));
    expect(other.status).toBe(200);
    const read = await fetch(stack.url + usersData, { headers: { cookie: viewer.cookie } });
    expect(read.status).toBe(200);

    for (const { close } of open) close();
    other.close();
    await expect
      .poll(async () => {
        const again = await listen(stack, viewer);
        again.close();
        return again.status;
      })
      .toBe(200);
  });
});

test.describe('an action', () => {
  const preferences = JSON.stringify([{ columns: ['email'], density: 'compact' }]);

  /** Forms that name an action, or something else, in React's own words. */
  const forms: Record<string, { isNamed: boolean; fields: [string, string][] }> = {
    'of a form without script': { isNamed: false, fields: [['$ACTION_ID_own', '']] },
    'with bound values': {
      isNamed: false,
      fields: [
        ['$ACTION_REF_1', ''],
        ['$ACTION_1:0', '{"id":"own","bound":"$@1"}'],
        ['$ACTION_1:1', preferences],
      ],
    },
    'that names another action as its input': {
      isNamed: true,
      fields: [
        ['1', '{"id":"other","bound":null}'],
        ['0', '["$F1"]'],
      ],
    },
    'that names another action as what to wait for': {
      isNamed: true,
      fields: [
        ['1', '{"id":"other","bound":null}'],
        ['0', '[{"then":"$F1"}]'],
      ],
    },
    'that asks for constructors': {
      isNamed: true,
      fields: [
        ['1', '{}'],
        ['0', '["$1:constructor:constructor"]'],
      ],
    },
    'that asks for a prototype': {
      isNamed: true,
      fields: [
        ['1', '{}'],
        ['0', '["$1:__proto__:toString"]'],
      ],
    },
    'that pretends to be a part of React': {
      isNamed: true,
      fields: [
        [
          '0',
          '{"then":"$1:__proto__:then","status":"resolved_model","reason":-1,"value":"{\\"then\\":\\"$B1\\"}","_response":{"_prefix":"process.exit(1);","_formData":{"get":"$1:constructor:constructor"}}}',
        ],
        ['1', '"$@0"'],
      ],
    },
    'with each field twice': {
      isNamed: true,
      fields: [
        ['0', preferences],
        ['0', '["$1"]'],
      ],
    },
    'with a form as its input': {
      isNamed: true,
      fields: [
        ['1_density', 'compact'],
        ['0', '["$K1"]'],
      ],
    },
    'with 20,000 fields': {
      isNamed: true,
      fields: Array.from({ length: 20_000 }, (_, at): [string, string] => [String(at), '1']),
    },
  };

  for (const [what, { isNamed, fields }] of Object.entries(forms)) {
    test(`${what} does nothing, and the next request is served`, async ({ stack, evidence }) => {
      const helpdesk = await signedIn(stack, 'helpdesk');
      const ids = await serverActions();
      const own = ids.get('savePreferences') ?? '';
      const body = new FormData();
      for (const [name, value] of fields) {
        body.append(
          name.replace('own', own),
          value.replace('"own"', `"${own}"`).replace('other', ids.get('signOutOthers') ?? ''),
        );
      }
      const before = await keptBy(stack);

      const answer = await fetch(stack.url + usersPage, {
        method: 'POST',
        headers: { ...helpdesk, ...(isNamed ? { 'next-action': own } : {}) },
        body,
      }).catch(() => undefined);

      expect((await answer?.text()) ?? 'hung up on').not.toContain('"ok":true');
      expect(await keptBy(stack)).toEqual(before);
      expect(await evidence.updates()).toEqual([]);
      const next = await fetch(stack.url + usersData, { headers: { cookie: helpdesk.cookie } });
      expect(next.status).toBe(200);
    });
  }

  for (const [what, body] of Object.entries({
    'nested 100,000 deep': `${'['.repeat(100_000)}${']'.repeat(100_000)}`,
    'with objects nested 50,000 deep': `[${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}]`,
    'of two megabytes': JSON.stringify(['x'.repeat(2_000_000)]),
    'with a number of 200,000 digits': `["$n${'9'.repeat(200_000)}"]`,
  })) {
    test(`${what} does nothing, and the next request is served`, async ({ stack }) => {
      const helpdesk = await signedIn(stack, 'helpdesk');
      const before = await keptBy(stack);

      const answer = await callAction(stack, 'savePreferences', body, helpdesk).catch(() => undefined);

      expect(answer?.result?.ok).not.toBe(true);
      expect(await keptBy(stack)).toEqual(before);
      expect((await fetch(stack.url + usersData, { headers: { cookie: helpdesk.cookie } })).status).toBe(200);
    });
  }

  test('that holds what the database cannot keep is refused as not understood', async ({ stack }) => {
    const helpdesk = await signedIn(stack, 'helpdesk');
    const inputs: [string, object][] = [
      ['saveView', { accountId: account, name: 'a\0b', params: '' }],
      ['removeView', { accountId: account, name: 'a\0b' }],
      ['removeView', { accountId: account, name: '\ud800' }],
      ['changeLicenses', { accountId: account, choices: [{ userId: 'a', from: 'a\0', to: 'Pro' }] }],
    ];

    for (const [action, input] of inputs) {
      const { result } = await callAction(stack, action, input, helpdesk);
      expect(result, action).toMatchObject({ ok: false, failure: { code: 'invalid' } });
    }
  });
});

/** What somebody has kept here, and which sessions are alive. */
async function keptBy({ db }: Stack) {
  const [preferences, views, sessions] = await Promise.all([
    db.selectFrom('preferences').selectAll().orderBy('operator_id').execute(),
    db.selectFrom('views').selectAll().orderBy('name').execute(),
    db.selectFrom('sessions').select('id_hash').where('revoked_at', 'is', null).orderBy('id_hash').execute(),
  ]);
  return { preferences, views, sessions };
}

test.describe('names that mean harm', () => {
  test.use({ keepsState: false });
  const script = '<img src=x onerror="window.harmed=1">';
  const names = [
    script,
    '"><script>window.harmed=1</script>',
    '</script><script>window.harmed=1</script>',
    '{{constructor.constructor("window.harmed=1")()}}',
    'javascript:window.harmed=1',
    '**Ada Okoye** approved',
    '=HYPERLINK("https://evil.example";"x")',
    '\u202ekoyeO adA\u202c Silva',
    'two\r\nlines',
    `Long ${'x'.repeat(9_990)}`,
  ];

  async function isUnharmed(page: Page) {
    expect(await page.evaluate(() => Object.hasOwn(window, 'harmed'))).toBe(false);
    expect(await page.locator('img[src="x"]').count()).toBe(0);
  }

  test('are text on every page, in the history, in the audit and in an export', async ({
    page,
    stack,
    signIn,
    chime,
  }) => {
    const { rows } = await peopleIn(stack, names.length);
    for (const [at, { id }] of rows.entries()) await chime.changeOutside(account, id, { DisplayName: names[at] });
    await stack.refreshMirror();
    const helpdesk = await signedIn(stack, 'helpdesk');
    for (const { id, license } of rows) {
      const choices = [{ userId: id, from: license, to: license === 'Pro' ? 'Basic' : 'Pro' }];
      const { result } = await callAction(stack, 'changeLicenses', { accountId: account, choices }, helpdesk);
      expect(result).toMatchObject({ ok: true, value: [{ state: 'applied' }] });
    }

    await signIn('helpdesk');
    for (const { id } of rows) {
      await page.goto(`${usersPage}?q=${id}`);
      await expect(page.getByRole('row')).toHaveCount(2);
      await isUnharmed(page);
    }
    await page.goto(`${usersPage}?q=${encodeURIComponent(script)}`);
    await expect(page.getByText(script, { exact: true })).toBeVisible();
    await page
      .getByRole('row')
      .last()
      .getByRole('button', { name: /Plan history of/ })
      .click();
    await expect(page.getByRole('dialog')).toContainText(`changed ${script} from`);
    await isUnharmed(page);

    await page.goto(`/accounts/${account}/audit`);
    await expect(page.getByText(`Dana Reyes changed ${script} (`).first()).toBeVisible();
    await expect(page.getByText('changed Ada Okoye approved (').first()).toBeVisible();
    await expect(page.locator('b', { hasText: /^Ada Okoye approved$/ }).first()).toBeVisible();
    expect(await page.getByRole('main').innerText()).not.toContain('\u202e');
    await isUnharmed(page);

    for (const path of [`${usersData}/export`, `/api/accounts/${account}/audit/export?format=csv`]) {
      const answer = await fetch(stack.url + path, { headers: { cookie: helpdesk.cookie } });
      expect(answer.headers.get('content-type')).toMatch(/^text\/csv/);
      expect(answer.headers.get('content-disposition')).toMatch(/^attachment/);
      expect(await answer.text()).not.toMatch(/(^|[,;\n\t"])[=@+]/m);
    }
  });

  test('typed by an operator are text as well', async ({ page, signIn, stack }) => {
    const form = signInOn(page);
    await form.go();
    await form.as({ username: script, password: script });
    await expect(form.refusal).toBeVisible();
    await isUnharmed(page);

    await signIn('helpdesk');
    const helpdesk = await signedIn(stack, 'helpdesk');
    await callAction(stack, 'saveView', { accountId: account, name: script, params: 'q=silva' }, helpdesk);
    await page.goto(`${usersPage}?q=${encodeURIComponent(`</script>${script}`)}&plan=${encodeURIComponent(script)}`);
    await expect(peopleOn(page).search).toHaveValue(`</script>${script}`);
    await page.getByRole('button', { name: 'Views' }).click();
    await expect(page.getByText(script, { exact: true })).toBeVisible();
    await isUnharmed(page);
    await page.goto(
      `/accounts/${account}/audit?operator=${encodeURIComponent(script)}&person=%22%3E${encodeURIComponent(script)}`,
    );
    await isUnharmed(page);
    await page.goto(`/accounts/${encodeURIComponent(script)}/users`);
    await expect(page.getByRole('heading', { name: 'Page not found' })).toBeVisible();
    await isUnharmed(page);
    await callAction(stack, 'removeView', { accountId: account, name: script }, helpdesk);
  });
});

/** People whose plan can be changed, other than those whom other tests know by name. */
async function peopleIn({ db }: Stack, count: number) {
  const rows = await db
    .selectFrom('users')
    .select(['id', 'license'])
    .where('account_id', '=', account)
    .where('license', 'in', ['Basic', 'Pro'])
    .where('name', 'not in', ['Ana Silva'])
    .orderBy('id')
    .limit(count)
    .execute();
  return { rows };
}

test('a session is known by its own cookie alone, whatever else is sent beside it', async ({ stack }) => {
  const [viewer, admin] = [await signedIn(stack, 'viewer'), await signedIn(stack, 'admin')];
  const [name = '', value = ''] = viewer.cookie.split('=');
  const status = async (cookie: string, path = usersData) =>
    (await fetch(stack.url + path, { headers: { cookie } })).status;
  const parts = value.split('.');
  const other = (admin.cookie.split('=')[1] ?? '').split('.');

  for (const cookie of [
    `__Host-${viewer.cookie}`,
    `__Secure-${viewer.cookie}`,
    `${name}.0=${value.slice(0, 100)}; ${name}.1=${value.slice(100)}`,
    `${name}="${value}"`,
    `${name}=${[...parts.slice(0, 4), other[4]].join('.')}`,
    `${name}=${[...parts.slice(0, 3), other[3], parts[4]].join('.')}`,
    `${name}=${['eyJhbGciOiJub25lIn0', 'eyJyb2xlIjoiYWRtaW4ifQ', ''].join('.')}`,
    `${name}=%zz`,
    `${name}=${'.'.repeat(4_000)}`,
  ]) {
    expect(await status(cookie), cookie.slice(0, 60)).toBe(401);
  }
  expect(await status(viewer.cookie)).toBe(200);
  // Two of one name: one of them, never the rights of both.
  expect(await status(`${admin.cookie}; ${viewer.cookie}`, '/api/audit/export?format=csv')).toBe(403);
});

test('who sends the head of a request slowly is hung up on within seconds', async ({ stack }) => {
  test.setTimeout(15_000);

  const answer = await sendRaw(stack, `GET /sign-in HTTP/1.1\r\nHost: ${hostOf(stack)}\r\nX-Slow: `);

  expect(statuses(answer)).toEqual([408]);
});
