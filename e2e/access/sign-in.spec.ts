import { createServer, request } from 'node:http';
import type { Page } from '@playwright/test';
import { encode } from 'next-auth/jwt';
import { beginSession } from '../../lib/auth/session.ts';
import { exampleAccounts } from '../../local-chime/people/organisation.ts';
import { freePort } from '../../scripts/processes/ports.ts';
import type { Stack } from '../../testing/stack.ts';
import { callAction } from '../support/door.ts';
import { expect } from '../support/evidence.ts';
import { openTest } from '../support/open-test.ts';
import { peopleOn } from '../support/people-page.ts';
import { Visitor } from '../support/provider.ts';

const { enterprise, team, directory } = exampleAccounts;

const rules = {
  scope: 'openid profile email groups',
  help: 'Ask the IT desk for the group “licenses”: it@nordwind.example, extension 4711.',
  groups: {
    licenses: { role: 'helpdesk', accounts: [enterprise] },
    books: { role: 'viewer', accounts: [team] },
    owners: { role: 'admin', accounts: 'all' },
    'owners-nordwind': { role: 'admin', accounts: [enterprise] },
  },
};

const test = openTest(rules).extend<{ freshRules: undefined }>({
  freshRules: [
    async ({ open, provider }, use) => {
      await open.writeRules(rules);
      provider.people.clear();
      provider.people.set('dana', {
        name: 'Dana Reyes',
        groups: ['licenses', 'bowling'],
        email: 'dana@nordwind.example',
      });
      provider.people.set('ada', { name: 'Ada Okoye', groups: ['owners'] });
      provider.people.set('olga', { name: 'Olga Novak', groups: ['owners-nordwind'] });
      provider.people.set('nobody', { name: 'Nikos Pappas', groups: ['bowling'] });
      await use(undefined);
    },
    { auto: true },
  ],
});

test.use({ keepsState: true });

const session = 'next-auth.session-token';

/** Through the provider's own form, as a person does. */
async function signIn(page: Page, login: string, path = '/') {
  await page.goto(path);
  await page.getByRole('button', { name: 'Sign in with your work account' }).click();
  await page.locator('[name=login]').fill(login);
  await page.locator('[name=password]').fill('whatever');
  await page.getByRole('button', { name: 'Sign-in' }).click();
}

/** What the operator behind a visitor may read. */
async function read({ url }: Stack, visitor: Visitor, path: string): Promise<number> {
  return (await visitor.go(`${url}${path}`)).status;
}

const usersOf = (account: string) => `/api/accounts/${account}/users`;

async function sessionsOf({ db }: Stack, name: string) {
  return db
    .selectFrom('sessions')
    .innerJoin('operators', 'operators.id', 'operator_id')
    .where('name', '=', name)
    .where('revoked_at', 'is', null)
    .select('id_hash')
    .execute();
}

test('an operator signs in at the provider, comes back to where they wanted to go, and sees only their accounts', async ({
  page,
  axe,
}) => {
  await page.goto(`/accounts/${enterprise}/users?q=silva`);
  await expect(page.getByLabel('Password')).toHaveCount(0);
  await axe(page);
  await signIn(page, 'dana', `/accounts/${enterprise}/users?q=silva`);

  await expect(page).toHaveURL(`/accounts/${enterprise}/users?q=silva`);
  const people = peopleOn(page);
  await people.choose('Ana Silva', 'Pro');
  await expect(people.row('Ana Silva')).toContainText('Saved');

  await page.goto('/accounts');
  await expect(page.getByRole('main')).toContainText('Nordwind Group');
  await expect(page.getByRole('main')).not.toContainText('Harbour Books');
  await page.getByRole('button', { name: 'Choose an account' }).click();
  await expect(page.locator('#account-list')).toContainText('Nordwind Group');
  await expect(page.locator('#account-list')).not.toContainText('Harbour Books');
  for (const place of ['users', 'licenses', 'audit']) {
    await page.goto(`/accounts/${team}/${place}`);
    await expect(page.getByRole('heading', { name: 'Page not found' })).toBeVisible();
  }
});

test('a person without a group stays outside, and is told who to ask', async ({ page, stack, axe }) => {
  await signIn(page, 'nobody');

  await expect(page.getByRole('main').getByRole('alert')).toHaveText('Your account has no access to Carillon.');
  await expect(page.getByText(rules.help)).toBeVisible();
  await axe(page);
  expect(await sessionsOf(stack, 'Nikos Pappas')).toEqual([]);
  await page.goto(`/accounts/${enterprise}/users`);
  await expect(page.getByRole('button', { name: 'Sign in with your work account' })).toBeVisible();
  const entries = await stack.db
    .selectFrom('audit_entries')
    .selectAll()
    .where('operator_name', '=', 'Nikos Pappas')
    .execute();
  expect(entries).toMatchObject([{ action: 'sign-in', outcome: 'failed', failure: 'not-allowed' }]);
});

test('a password opens nothing, and nobody is asked for one', async ({ stack }) => {
  const visitor = new Visitor();
  const { text } = await visitor.go(`${stack.url}/api/auth/csrf`);
  const body = new URLSearchParams({ ...stack.operators.admin, csrfToken: JSON.parse(text).csrfToken, json: 'true' });

  const { status } = await visitor.go(`${stack.url}/api/auth/callback/credentials`, { method: 'POST', body });

  expect(status).toBe(404);
  expect(visitor.cookieOf(stack.url, session)).toBeUndefined();
});

test("next-auth's other addresses are closed, so that nobody can wish for another session", async ({ stack }) => {
  const visitor = new Visitor();
  await visitor.signIn(stack, 'dana');
  const before = visitor.cookieOf(stack.url, session);
  const { text } = await visitor.go(`${stack.url}/api/auth/csrf`);
  const body = JSON.stringify({ csrfToken: JSON.parse(text).csrfToken, data: { sessionId: 'another', role: 'admin' } });
  const headers = { 'content-type': 'application/json' };

  for (const way of ['session', '_log', 'providers', 'verify-request', 'callback', 'signin/github']) {
    const { status } = await visitor.go(`${stack.url}/api/auth/${way}`, { method: 'POST', headers, body });
    expect(status, way).toBe(404);
  }
  expect((await visitor.go(`${stack.url}/api/auth/session`)).status).toBe(404);
  expect((await visitor.go(`${stack.url}/api/auth/signin/oidc`)).status).toBe(405);
  expect(visitor.cookieOf(stack.url, session)).toBe(before);
});

test('a form that is larger than any is not read, and one of another site is refused', async ({ stack }) => {
  const post = (body: string, headers: Record<string, string> = {}) =>
    new Visitor().go(`${stack.url}/api/auth/signin/oidc`, { method: 'POST', headers, body });

  expect((await post(`csrfToken=${'x'.repeat(20_000)}`)).status).toBe(413);
  expect((await post('csrfToken=x', { origin: 'https://evil.example' })).status).toBe(403);
});

test('sessions of operators with passwords, from before there was a provider, are over', async ({ stack }) => {
  const sessionId = await beginSession(stack.db, 'example-admin');
  const cookie = `${session}=${await encode({ token: { sessionId }, secret: stack.cookieSecret })}`;

  const { status } = await fetch(`${stack.url}${usersOf(enterprise)}`, { headers: { cookie } });

  expect(status).toBe(401);
});

test.describe('a way back from the provider', () => {
  /** Whoever is refused is led to the sign-in page, with nothing in hand. */
  async function expectRefused(stack: Pick<Stack, 'url'>, visitor: Visitor, back: string) {
    const { location } = await visitor.go(back);
    expect(new URL(location, stack.url).pathname).toMatch(/^\/(sign-in|api\/auth\/(signin|error))$/);
    expect(visitor.cookieOf(stack.url, session)).toBeUndefined();
  }

  const changed = (address: string, name: string, value: string) => {
    const url = new URL(address);
    url.searchParams.set(name, value);
    return url.href;
  };

  test('lets in once', async ({ stack }) => {
    const visitor = new Visitor();
    expect(await visitor.signIn(stack, 'dana')).toBe(`${stack.url}/`);
    expect(visitor.cookieOf(stack.url, session)).toBeTruthy();
  });

  test('with another state is refused', async ({ stack }) => {
    const visitor = new Visitor();
    const back = await visitor.identify(await visitor.begin(stack), 'dana');
    await expectRefused(stack, visitor, changed(back, 'state', 'another'));
  });

  test('into another browser is refused: it has begun nothing', async ({ stack }) => {
    const visitor = new Visitor();
    const back = await visitor.identify(await visitor.begin(stack), 'dana');
    await expectRefused(stack, new Visitor(), back);
  });

  test('into a browser that has begun another sign-in is refused', async ({ stack }) => {
    const [visitor, victim] = [new Visitor(), new Visitor()];
    const back = await visitor.identify(await visitor.begin(stack), 'dana');
    await victim.begin(stack);
    await expectRefused(stack, victim, back);
  });

  test('with a token for another nonce is refused', async ({ stack }) => {
    const visitor = new Visitor();
    const begun = await visitor.begin(stack);
    expect(new URL(begun).searchParams.get('nonce')).toBeTruthy();
    await expectRefused(stack, visitor, await visitor.identify(changed(begun, 'nonce', 'another'), 'dana'));
  });

  test('with a code for another PKCE challenge is refused', async ({ stack }) => {
    const visitor = new Visitor();
    const begun = await visitor.begin(stack);
    expect(new URL(begun).searchParams.get('code_challenge_method')).toBe('S256');
    const other = changed(begun, 'code_challenge', 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM');
    await expectRefused(stack, visitor, await visitor.identify(other, 'dana'));
  });

  test('with a code that has been used is refused, also with the cookies of the first time', async ({ stack }) => {
    const visitor = new Visitor();
    const back = await visitor.identify(await visitor.begin(stack), 'dana');
    const before = new Map(visitor.cookies.get(new URL(stack.url).host));
    await visitor.go(back);
    expect(visitor.cookieOf(stack.url, session)).toBeTruthy();

    const thief = new Visitor();
    thief.cookies.set(new URL(stack.url).host, before);
    await expectRefused(stack, thief, back);
  });

  test('with a made-up code is refused', async ({ stack }) => {
    const visitor = new Visitor();
    const back = await visitor.identify(await visitor.begin(stack), 'dana');
    await expectRefused(stack, visitor, changed(back, 'code', 'made-up'));
  });

  /** What somebody gets whom the provider identifies while its clock, which runs in this process, is so far behind. */
  async function identifiedLate(visitor: Visitor, stack: Stack, hours: number, then: (back: string) => Promise<void>) {
    const begun = await visitor.begin(stack);
    const now = Date.now;
    Date.now = () => now() - hours * 60 * 60 * 1_000;
    try {
      await then(await visitor.identify(begun, 'dana'));
    } finally {
      Date.now = now;
    }
  }

  test('with a token that has expired is refused', async ({ stack }) => {
    const [visitor, inTime] = [new Visitor(), new Visitor()];
    await identifiedLate(visitor, stack, 1.1, (back) => expectRefused(stack, visitor, back));
    await identifiedLate(inTime, stack, 0.9, async (back) => {
      await inTime.go(back);
      expect(inTime.cookieOf(stack.url, session)).toBeTruthy();
    });
  });

  test('from a provider that goes by another name is never even begun: the web does not start, and says why', async ({
    stack,
    provider,
  }) => {
    const other = provider.issuer.replace('127.0.0.1', 'localhost');

    await expect(stack.startAnotherWeb({ OIDC_ISSUER: other })).rejects.toThrow(
      `Bad settings: OIDC_ISSUER: the provider calls itself ${provider.issuer}, OIDC_ISSUER says ${other}`,
    );
  });

  test('that says that somebody turned back leads to the sign-in page', async ({ stack }) => {
    const visitor = new Visitor();
    const state = new URL(await visitor.begin(stack)).searchParams.get('state') ?? '';
    await expectRefused(stack, visitor, `${stack.url}/api/auth/callback/oidc?error=access_denied&state=${state}`);
  });

  test('never leads to another site', async ({ stack }) => {
    for (const elsewhere of ['https://evil.example/', '//evil.example', 'javascript:alert(1)']) {
      const visitor = new Visitor();
      const begun = await visitor.begin(stack, elsewhere).catch(() => undefined);
      if (!begun?.includes('/auth?')) continue;
      const { location } = await visitor.go(await visitor.identify(begun, 'dana'));
      expect(new URL(location).origin).toBe(stack.url);
    }
  });

  test('cannot be bent by parameters of the address it began at', async ({ stack }) => {
    const visitor = new Visitor();
    const { text } = await visitor.go(`${stack.url}/api/auth/csrf`);
    const body = new URLSearchParams({ csrfToken: JSON.parse(text).csrfToken, json: 'true' });
    const address = `${stack.url}/api/auth/signin/oidc?scope=openid&redirect_uri=https://evil.example&response_mode=form_post`;

    const answer = await visitor.go(address, { method: 'POST', body });

    const sent = new URL(JSON.parse(answer.text).url).searchParams;
    expect(sent.get('scope')).toBe(rules.scope);
    expect(sent.get('redirect_uri')).toBe(`${stack.url}/api/auth/callback/oidc`);
    expect(sent.has('response_mode')).toBe(false);
  });
});

test.describe('what an operator may do', () => {
  test('is what the access file says at each request, and a broken one changes nothing', async ({ stack, open }) => {
    const visitor = new Visitor();
    await visitor.signIn(stack, 'dana');
    const change = () =>
      callAction(
        stack,
        'changeLicenses',
        { accountId: enterprise, choices: [{ userId: 'nobody-there', from: 'Basic', to: 'Pro' }] },
        { cookie: `${session}=${visitor.cookieOf(stack.url, session)}`, origin: stack.url },
      );
    expect((await change()).result).toMatchObject({ ok: true });
    expect(await read(stack, visitor, usersOf(team))).toBe(404);

    await open.writeRules({
      ...rules,
      groups: { ...rules.groups, licenses: { role: 'viewer', accounts: [enterprise] } },
    });
    expect((await change()).result).toMatchObject({ ok: false, failure: { code: 'not-allowed' } });

    await open.writeRules({ ...rules, groups: { ...rules.groups, licenses: { role: 'helpdesk', accounts: [team] } } });
    expect((await change()).result).toMatchObject({ ok: false, failure: { code: 'unknown-account' } });
    expect(await read(stack, visitor, usersOf(team))).toBe(200);
    expect(await read(stack, visitor, usersOf(enterprise))).toBe(404);

    await open.writeRules('{ "help": ');
    expect(await read(stack, visitor, usersOf(team))).toBe(200);
    expect(await read(stack, visitor, usersOf(enterprise))).toBe(404);

    await open.writeRules({ ...rules, groups: { owners: rules.groups.owners } });
    expect(await read(stack, visitor, usersOf(team))).toBe(401);

    await open.writeRules(rules);
    expect(await read(stack, visitor, usersOf(enterprise))).toBe(200);
  });

  test('grows with each group: the strongest role, and the accounts of all', async ({ stack, provider }) => {
    provider.people.set('dana', { name: 'Dana Reyes', groups: ['licenses', 'books'] });
    const visitor = new Visitor();
    await visitor.signIn(stack, 'dana');

    expect(await read(stack, visitor, usersOf(enterprise))).toBe(200);
    expect(await read(stack, visitor, usersOf(team))).toBe(200);
    expect(await read(stack, visitor, usersOf(directory))).toBe(404);
  });

  test('ends everywhere when the provider no longer names the group at the next sign-in', async ({
    stack,
    provider,
  }) => {
    const [first, second] = [new Visitor(), new Visitor()];
    await first.signIn(stack, 'dana');
    expect(await read(stack, first, usersOf(enterprise))).toBe(200);

    provider.people.set('dana', { name: 'Dana Reyes', groups: ['bowling'] });
    expect(await second.signIn(stack, 'dana')).toContain('error=no-access');

    expect(await read(stack, first, usersOf(enterprise))).toBe(401);
  });

  test('changes everywhere when the provider names other groups at the next sign-in', async ({ stack, provider }) => {
    const [first, second] = [new Visitor(), new Visitor()];
    await first.signIn(stack, 'dana');
    provider.people.set('dana', { name: 'Dana Reyes', groups: ['books'] });
    await second.signIn(stack, 'dana');

    expect(await read(stack, first, usersOf(enterprise))).toBe(401);
    expect(await read(stack, second, usersOf(enterprise))).toBe(404);
    expect(await read(stack, second, usersOf(team))).toBe(200);
  });

  test('is nothing once they are disabled, also after another sign-in', async ({ stack }) => {
    const visitor = new Visitor();
    await visitor.signIn(stack, 'dana');
    const dana = () =>
      stack.db.updateTable('operators').where('name', '=', 'Dana Reyes').where('issuer', 'is not', null);
    await dana().set({ disabled_at: new Date() }).execute();

    expect(await read(stack, visitor, usersOf(enterprise))).toBe(401);
    expect(await visitor.signIn(stack, 'dana')).toContain('error=no-access');

    await dana().set({ disabled_at: null }).execute();
    expect(await visitor.signIn(stack, 'dana')).toBe(`${stack.url}/`);
  });

  test('does not reach the audit of all accounts from some of them', async ({ stack }) => {
    const [ada, olga] = [new Visitor(), new Visitor()];
    await ada.signIn(stack, 'ada');
    await olga.signIn(stack, 'olga');

    expect(await read(stack, ada, '/api/audit/export?format=csv')).toBe(200);
    expect(await read(stack, olga, '/api/audit/export?format=csv')).toBe(403);
    expect(await read(stack, olga, '/audit')).toBe(404);
    expect(await read(stack, olga, `/accounts/${enterprise}/audit`)).toBe(200);
    expect(await read(stack, olga, `/api/accounts/${team}/audit/export?format=csv`)).toBe(404);
    expect(await read(stack, olga, `/api/accounts/${team}/events`)).toBe(404);
  });

  test('is the same from every web process, each with its own file', async ({ stack, provider }) => {
    const url = await stack.startAnotherWeb();
    provider.serve([stack.url, url]);
    const visitor = new Visitor();
    await visitor.signIn({ url }, 'dana');
    const cookie = `${session}=${visitor.cookieOf(url, session)}`;

    const { status } = await fetch(`${stack.url}${usersOf(enterprise)}`, { headers: { cookie } });

    expect(status).toBe(200);
  });
});

test('the operator menu tells of other sessions, and ends them', async ({ page, stack, axe }) => {
  await stack.db.updateTable('sessions').set({ revoked_at: new Date() }).where('revoked_at', 'is', null).execute();
  await signIn(page, 'dana');
  await expect(page.getByRole('heading', { name: 'People' })).toBeVisible();
  const menu = page.getByRole('button', { name: 'Dana Reyes' });
  await menu.click();
  await expect(page.getByRole('status').filter({ hasText: 'You’re not signed in anywhere else.' })).toBeVisible();
  await page.keyboard.press('Escape');

  const [laptop, phone] = [new Visitor(), new Visitor()];
  for (const visitor of [laptop, phone]) await visitor.signIn(stack, 'dana');
  await menu.click();
  await expect(page.getByRole('status').filter({ hasText: 'You have 2 other sessions.' })).toBeVisible();
  await axe(page);
  await page.getByRole('button', { name: 'Sign out my other sessions' }).click();

  await expect(page.getByRole('status').filter({ hasText: 'Signed out 2 other sessions.' })).toBeVisible();
  for (const visitor of [laptop, phone]) expect(await read(stack, visitor, usersOf(enterprise))).toBe(401);
  await page.reload();
  await expect(page.getByRole('heading', { name: 'People' })).toBeVisible();
  await menu.click();
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Sign in with your work account' })).toBeVisible();
  expect(await sessionsOf(stack, 'Dana Reyes')).toEqual([]);
});

test('a session that ends in the middle of a change: nothing is sent, and after signing in it asks before saving', async ({
  page,
  stack,
  evidence,
}) => {
  await signIn(page, 'dana', `/accounts/${enterprise}/users?q=ana+silva`);
  const people = peopleOn(page);
  await expect(people.row('Ana Silva')).toBeVisible();
  const now = await people.plan('Ana Silva').innerText();
  const wanted = now === 'Basic' ? 'Pro' : 'Basic';
  await people.open('Ana Silva');
  await stack.db.updateTable('sessions').set({ revoked_at: new Date() }).where('revoked_at', 'is', null).execute();

  await people.option(wanted).click();
  await expect(people.row('Ana Silva')).toContainText('Not saved yet. You have been signed out.');
  expect(await evidence.updates()).toEqual([]);

  await people.row('Ana Silva').getByRole('link', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: 'Sign in with your work account' }).click();
  await expect(people.row('Ana Silva')).toContainText(`You are signed in again. Save ${wanted} for Ana Silva?`);
  expect(await evidence.updates()).toEqual([]);
  await people.row('Ana Silva').getByRole('button', { name: 'Save now' }).click();

  await expect(people.row('Ana Silva')).toContainText('Saved');
  await expect(people.plan('Ana Silva')).toHaveText(wanted);
});

test('on https, every cookie is for this very host, and the way in is the same', async ({ stack, provider }) => {
  const publicUrl = 'https://carillon.nordwind.example';
  const port = await freePort();
  const proxy = createServer((asked, answer) => {
    const { url, method, headers } = asked;
    const host = new URL(publicUrl).host;
    const onward = request({ port, path: url, method, headers: { ...headers, host } }, (inner) => {
      const location = inner.headers.location?.replace(publicUrl, site);
      answer.writeHead(inner.statusCode ?? 500, { ...inner.headers, ...(location ? { location } : {}) });
      inner.pipe(answer);
    });
    asked.pipe(onward);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const address = proxy.address();
  const site = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  await stack.startAnotherWeb({ PUBLIC_URL: publicUrl, NEXTAUTH_URL: publicUrl, PORT: String(port), TRUST_PROXY: '1' });
  provider.serve([stack.url, publicUrl]);

  const visitor = new Visitor();
  const begun = await visitor.begin({ url: site }, publicUrl);
  expect(new URL(begun).searchParams.get('redirect_uri')).toBe(`${publicUrl}/api/auth/callback/oidc`);
  const names = () => [...(visitor.cookies.get(new URL(site).host)?.keys() ?? [])];
  expect(names()).toHaveLength(5);
  const back = await visitor.identify(begun, 'dana');
  await visitor.go(back.replace(publicUrl, site));

  expect(names().filter((name) => !name.startsWith('__Host-'))).toEqual([]);
  expect(visitor.cookieOf(site, `__Host-${session}`)).toBeTruthy();
  expect((await visitor.go(`${site}${usersOf(enterprise)}`)).status).toBe(200);
  const cookie = `__Host-${session}=${visitor.cookieOf(site, `__Host-${session}`)}`;
  const { headers } = await callAction({ url: site }, 'signOut', '[]', { cookie, origin: publicUrl });
  expect(headers.getSetCookie()).toEqual([expect.stringMatching(/^__Host-next-auth\.session-token=;.*; Secure/)]);
  proxy.close();
  provider.serve([stack.url]);
});
