import { account, callAction, signedIn } from '../support/door.ts';
import { expect, test } from '../support/fixtures.ts';

test.use({ keepsState: true });

/** What every answer must carry, whatever it is. */
const everywhere: Record<string, RegExp> = {
  'x-content-type-options': /^nosniff$/,
  'x-frame-options': /^DENY$/,
  'referrer-policy': /^same-origin$/,
  'cross-origin-opener-policy': /^same-origin$/,
  'cross-origin-resource-policy': /^same-origin$/,
  'permissions-policy': /camera=\(\)/,
  'cache-control': /no-store/,
  'content-security-policy': /^default-src 'none';.*frame-ancestors 'none'/,
};

const people = `/accounts/${account}/users`;

const kinds: Record<string, { path: string; headers?: Record<string, string>; status: number }> = {
  'a page': { path: people, status: 200 },
  'the sign-in page': { path: '/sign-in', status: 200 },
  'a redirect': { path: '/', status: 307 },
  'what the router fetches of a page': { path: people, headers: { rsc: '1' }, status: 200 },
  data: { path: `/api/accounts/${account}/users`, status: 200 },
  'a list to take along': { path: `/api/accounts/${account}/users/export`, status: 200 },
  'a refused read': { path: '/api/accounts/a..b/users', status: 400 },
  'a page that is not there': { path: '/nowhere', status: 404 },
  'data that is not there': { path: '/api/nowhere', status: 404 },
  'an account that is not there': { path: '/accounts/00000000-0000-4000-8000-000000000000/users', status: 404 },
  "next-auth's own": { path: '/api/auth/csrf', status: 200 },
};

for (const [kind, { path, headers, status }] of Object.entries(kinds)) {
  test(`${kind} carries every header`, async ({ stack }) => {
    const { cookie } = await signedIn(stack, 'viewer');

    const redirect = status === 307 ? 'manual' : 'follow';
    const answer = await fetch(stack.url + path, { headers: { cookie, ...headers }, redirect });
    await answer.body?.cancel();

    expect(answer.status).toBe(status);
    for (const [name, value] of Object.entries(everywhere)) expect(answer.headers.get(name), name).toMatch(value);
    expect(answer.headers.get('x-powered-by')).toBeNull();
    expect(answer.headers.get('strict-transport-security')).toBeNull(); // this one is plain http
  });
}

test('the answer of a server action carries every header', async ({ stack }) => {
  const helpdesk = await signedIn(stack, 'helpdesk');

  const { headers } = await callAction(stack, 'refreshMirror', { accountId: account }, helpdesk);

  for (const [name, value] of Object.entries(everywhere)) expect(headers.get(name), name).toMatch(value);
});

for (const path of ['/icon.svg', '/favicon.ico', '/apple-touch-icon.png', '/manifest.webmanifest', '/robots.txt']) {
  test(`${path} is there for everybody, carries every header, and may be kept for a day`, async ({ stack }) => {
    const answer = await fetch(stack.url + path);
    await answer.body?.cancel();

    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toBe('public, max-age=86400');
    for (const [name, value] of Object.entries(everywhere))
      if (name !== 'cache-control') expect(answer.headers.get(name), name).toMatch(value);
  });
}

test('data that is not there is said as data', async ({ stack }) => {
  const { cookie } = await signedIn(stack, 'viewer');

  const answer = await fetch(`${stack.url}/api/nowhere/at/all`, { headers: { cookie, accept: 'text/html' } });

  expect(answer.status).toBe(404);
  expect(answer.headers.get('content-type')).toContain('application/json');
  expect(await answer.json()).toMatchObject({ failure: { code: 'not-found' } });
});

test('files with a hash in their name are kept, and are nothing but what they say', async ({ stack }) => {
  const html = await (await fetch(`${stack.url}/sign-in`)).text();
  const file = /\/_next\/static\/[^"]+\.js/.exec(html)?.[0] ?? '';

  const { headers, status } = await fetch(stack.url + file);

  expect(status).toBe(200);
  expect(headers.get('cache-control')).toContain('immutable');
  expect(headers.get('x-content-type-options')).toBe('nosniff');
});

test('no page may run what it does not carry a nonce for, and each has a nonce of its own', async ({ stack }) => {
  const policies = await Promise.all(
    [1, 2].map(async () => (await fetch(`${stack.url}/sign-in`)).headers.get('content-security-policy') ?? ''),
  );

  for (const policy of policies) {
    expect(policy).not.toContain('unsafe');
    expect(policy).toMatch(/script-src 'self' 'nonce-[A-Za-z0-9+/=]{24}' 'strict-dynamic'/);
  }
  expect(policies[0]).not.toBe(policies[1]);
});

for (const path of ['/sign-in', people, '/nowhere', '/icon.svg']) {
  test(`${path} is read and nothing else`, async ({ stack }) => {
    for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'POST']) {
      const answer = await fetch(stack.url + path, { method });
      expect(`${method} ${answer.status}`).toBe(`${method} 405`);
      expect(answer.headers.get('allow')).toBe('GET, HEAD');
    }
  });
}

const tricks = [
  `/api/accounts/${account}/../${account}/users`,
  `/api//accounts/${account}/users`,
  `//evil.example/accounts/${account}/users`,
  `/accounts/${account}/users.rsc`,
  `/accounts/${account}/users/`,
  `/_next/../api/accounts/${account}/users`,
  `/_next/data/x/accounts/${account}/users.json`,
  `/accounts/${account}%2Fusers`,
  `/accounts/%2e%2e/api/accounts/${account}/users`,
];

for (const path of tricks) {
  test(`a stranger gets nobody's data from ${path}`, async ({ stack }) => {
    const answer = await fetch(stack.url + path, { redirect: 'manual', headers: { rsc: '1' } });
    const text = await answer.text();

    expect(text).not.toContain('@nordwind.example');
    expect(answer.status === 200 && text.includes('"users":')).toBe(false);
  });
}
