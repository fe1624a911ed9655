import { generateKeyPairSync } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as texts from '../../lib/texts/access/signin.ts';
import { exampleAccounts } from '../../local-chime/people/organisation.ts';
import type { Stack } from '../../testing/stack.ts';
import { expect } from '../support/evidence.ts';
import { openTest } from '../support/open-test.ts';
import { type Person, type Signature, type TestProvider, tokenOf, Visitor } from '../support/provider.ts';

const { enterprise } = exampleAccounts;
const rules = {
  scope: 'openid profile email groups',
  help: 'Ask the IT desk: it@nordwind.example.',
  groups: { licenses: { role: 'helpdesk', accounts: [enterprise] } },
};

const session = 'next-auth.session-token';
const dana: Person = { name: 'Dana Reyes', groups: ['licenses'], email: 'dana@nordwind.example' };

const test = openTest(rules).extend<{ truthful: undefined }>({
  truthful: [
    async ({ open, provider, stack }, use) => {
      await open.writeRules(rules);
      provider.people.clear();
      provider.people.set('dana', dana);
      provider.lies.clear();
      await use(undefined);
      provider.lies.clear();
      provider.serve([stack.url]);
    },
    { auto: true },
  ],
});

test.use({ keepsState: true });

type Problem = keyof typeof texts.signIn.problems;

/** The sign-in page's address names this problem, and the answer is the line of the log under its reference. */
async function expectRefusal(stack: Stack, visitor: Visitor, location: string, problem: Problem): Promise<string> {
  const url = new URL(location);
  expect(url.pathname).toBe('/sign-in');
  expect(url.searchParams.get('error')).toBe(problem);
  expect(visitor.cookieOf(stack.url, session)).toBeUndefined();
  const reference = url.searchParams.get('reference') ?? '';
  expect(reference).toMatch(/^[0-9a-f-]{36}$/);
  const page = await visitor.go(location);
  expect(page.text).toContain(texts.signIn.problems[problem]);
  expect(page.text).toContain(reference);
  const log = await readFile(join(stack.logs, 'web.log'), 'utf8');
  const lines = log.split('\n').filter((line) => line.includes(reference));
  for (const line of lines) expect(line).not.toMatch(/Dana|nordwind\.example|licenses|bowling|eyJ/);
  return lines.find((line) => line.includes('A sign-in was refused')) ?? '';
}

for (const signature of ['RS256', 'PS256', 'ES256', 'EdDSA'] satisfies Signature[]) {
  test(`a token signed by ${signature} lets in, where the provider offers that among others`, async ({
    stack,
    provider,
  }) => {
    provider.serve([stack.url], signature);
    const visitor = new Visitor();

    expect(await visitor.signIn(stack, 'dana')).toBe(`${stack.url}/`);
    expect((await visitor.go(`${stack.url}/api/accounts/${enterprise}/users`)).status).toBe(200);
  });
}

test('a token signed by the secret that both know lets nobody in, although the provider offers that', async ({
  stack,
  provider,
}) => {
  provider.serve([stack.url], 'HS256');
  const visitor = new Visitor();

  const line = await expectRefusal(stack, visitor, await visitor.signIn(stack, 'dana'), 'bad-answer');

  expect(line).toContain('The ID token is signed by HS256, and the provider offers RS256, PS256, ES256, EdDSA');
});

type Forgery = {
  what: string;
  alg?: Signature | 'none';
  key?: 'foreign';
  claims?: (provider: TestProvider) => object;
  problem: Problem;
  reason: string;
};
const hour = 60 * 60;
const now = () => Math.floor(Date.now() / 1_000);

const forgeries: Forgery[] = [
  { what: 'without a signature', alg: 'none', problem: 'bad-answer', reason: 'The ID token is signed by none' },
  { what: 'signed by the shared secret', alg: 'HS256', problem: 'bad-answer', reason: 'signed by HS256' },
  {
    what: 'signed by a key of somebody else',
    key: 'foreign',
    problem: 'bad-answer',
    reason: 'failed to validate JWT signature',
  },
  {
    what: 'whose issuer has a slash more',
    claims: ({ issuer }) => ({ iss: `${issuer}/` }),
    problem: 'bad-answer',
    reason: 'unexpected iss value',
  },
  { what: 'for another client', claims: () => ({ aud: 'other' }), problem: 'bad-answer', reason: 'aud mismatch' },
  {
    what: 'that has expired',
    claims: () => ({ iat: now() - 2 * hour, exp: now() - hour }),
    problem: 'bad-answer',
    reason: 'JWT expired',
  },
  {
    what: 'that is not valid yet',
    claims: () => ({ nbf: now() + hour }),
    problem: 'bad-answer',
    reason: 'JWT not active yet',
  },
  { what: 'for another nonce', claims: () => ({ nonce: 'another' }), problem: 'stale', reason: 'nonce mismatch' },
  { what: 'without a nonce', claims: () => ({ nonce: undefined }), problem: 'stale', reason: 'nonce mismatch' },
  {
    what: 'that belongs to another access token',
    claims: () => ({ at_hash: 'AAAAAAAAAAAAAAAAAAAAAA' }),
    problem: 'bad-answer',
    reason: 'at_hash mismatch',
  },
  {
    what: 'about nobody',
    claims: () => ({ sub: undefined }),
    problem: 'bad-answer',
    reason: 'missing required JWT property sub',
  },
];

for (const { what, alg = 'RS256', key, claims, problem, reason } of forgeries) {
  test(`a token ${what} lets nobody in, and the log says why`, async ({ stack, provider }) => {
    const visitor = new Visitor();
    const begun = await visitor.begin(stack);
    const nonce = new URL(begun).searchParams.get('nonce');
    const back = await visitor.identify(begun, 'dana');
    const truth = { iss: provider.issuer, sub: 'dana', aud: provider.client.id, iat: now(), exp: now() + hour, nonce };
    const foreign = key && generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
    const idToken = tokenOf({ ...truth, groups: ['licenses'], ...claims?.(provider) }, alg, foreign);
    provider.lies.set('/token', () => ({ access_token: 'x', token_type: 'Bearer', id_token: idToken }));

    const { location } = await visitor.go(back);

    expect(await expectRefusal(stack, visitor, location, problem)).toContain(reason);
  });
}

test('the same token without any forgery lets in', async ({ stack, provider }) => {
  const visitor = new Visitor();
  const begun = await visitor.begin(stack);
  const nonce = new URL(begun).searchParams.get('nonce');
  const back = await visitor.identify(begun, 'dana');
  const truth = { iss: provider.issuer, sub: 'dana', aud: provider.client.id, iat: now(), exp: now() + hour, nonce };
  const idToken = tokenOf({ ...truth, groups: ['licenses'] }, 'RS256');
  provider.lies.set('/token', () => ({ access_token: 'x', token_type: 'Bearer', id_token: idToken }));

  expect((await visitor.go(back)).location).toBe(`${stack.url}/`);
});

test('user info about somebody else lets nobody in, whatever groups it names', async ({ stack, provider }) => {
  provider.lies.set('/me', () => ({ sub: 'ada', groups: ['licenses'] }));
  const visitor = new Visitor();

  const line = await expectRefusal(stack, visitor, await visitor.signIn(stack, 'dana'), 'bad-answer');

  expect(line).toContain('The user info is about another person');
});

const shapes: [what: string, groups: unknown, problem: Problem, reason: string][] = [
  ['one text with commas', 'licenses,bowling', 'unclear-groups', 'one text that may hold several names'],
  ['a list of objects', [{ name: 'licenses' }], 'unclear-groups', 'a list in which 1 of 1 are no text'],
  ['an object', { licenses: true }, 'unclear-groups', 'an object, not a list'],
  ['nothing', undefined, 'no-groups', 'no claim of the name that groupsClaim says'],
  ['other groups', ['bowling'], 'no-access', 'None of the groups stands in the access file'],
];
for (const [what, groups, problem, reason] of shapes) {
  test(`a provider that sends ${what} as the groups is told of in the log, and nobody guesses`, async ({
    stack,
    provider,
  }) => {
    provider.people.set('dana', { ...dana, groups });
    const visitor = new Visitor();

    expect(await expectRefusal(stack, visitor, await visitor.signIn(stack, 'dana'), problem)).toContain(reason);
  });
}

test('one group as one text is understood', async ({ stack, provider }) => {
  provider.people.set('dana', { ...dana, groups: 'licenses' });
  expect(await new Visitor().signIn(stack, 'dana')).toBe(`${stack.url}/`);
});

test('an e-mail counts as a group where the provider has verified it, also where it says so as text', async ({
  stack,
  provider,
  open,
}) => {
  await open.writeRules({
    ...rules,
    groupsClaim: 'email',
    groups: { 'dana@nordwind.example': { role: 'viewer', accounts: 'all' } },
  });
  provider.people.set('dana', { ...dana, email_verified: 'true' });
  expect(await new Visitor().signIn(stack, 'dana')).toBe(`${stack.url}/`);

  for (const email_verified of [false, 'yes', 1]) {
    provider.people.set('dana', { ...dana, email_verified });
    const visitor = new Visitor();
    await expectRefusal(stack, visitor, await visitor.signIn(stack, 'dana'), 'unverified-email');
  }
});

test('groups that another claim named open nothing once the access file names a new one', async ({
  stack,
  provider,
  open,
}) => {
  provider.people.set('dana', { ...dana, groups: ['licenses'] });
  const visitor = new Visitor();
  await visitor.signIn(stack, 'dana');
  const people = () => visitor.go(`${stack.url}/api/accounts/${enterprise}/users`);
  expect((await people()).status).toBe(200);

  await open.writeRules({ ...rules, groupsClaim: 'roles' });

  expect((await people()).status).toBe(401);
});

test.describe('while a session lives', () => {
  test('an address that was loaded already leads on, and not to an error', async ({ stack }) => {
    const visitor = new Visitor();
    const wanted = `${stack.url}/accounts/${enterprise}/users?q=silva`;
    const back = await visitor.identify(await visitor.begin(stack, wanted), 'dana');
    expect((await visitor.go(back)).location).toBe(wanted);
    const kept = visitor.cookieOf(stack.url, session);

    expect((await visitor.go(back)).location).toBe(wanted);

    expect(visitor.cookieOf(stack.url, session)).toBe(kept);
    expect((await visitor.go(wanted)).status).toBe(200);
  });

  test('the slower of two tabs goes on with the session of the faster one', async ({ stack }) => {
    const visitor = new Visitor();
    const slow = await visitor.begin(stack);
    const fast = await visitor.begin(stack);
    expect((await visitor.go(await visitor.identify(fast, 'dana'))).location).toBe(`${stack.url}/`);

    const { location } = await visitor.go(await visitor.identify(slow, 'dana'));

    expect(location).toBe(`${stack.url}/`);
    expect((await visitor.go(`${stack.url}/api/accounts/${enterprise}/users`)).status).toBe(200);
  });

  test('what a provider must not say is still refused', async ({ stack, provider }) => {
    const visitor = new Visitor();
    await visitor.signIn(stack, 'dana');
    const back = await visitor.identify(await visitor.begin(stack), 'dana');
    provider.lies.set('/token', () => ({ access_token: 'x', token_type: 'Bearer', id_token: tokenOf({}, 'none') }));

    expect((await visitor.go(back)).location).toContain('/sign-in?error=bad-answer');
  });
});

test('without a session, an address that was loaded already is refused as stale', async ({ stack }) => {
  const visitor = new Visitor();
  const back = await visitor.identify(await visitor.begin(stack), 'dana');
  await visitor.go(back);
  visitor.cookies.delete(new URL(stack.url).host);

  const line = await expectRefusal(stack, visitor, (await visitor.go(back)).location, 'stale');

  expect(line).toContain('State cookie was missing');
});

test('a provider that turns somebody back is told of by its code alone', async ({ stack }) => {
  const visitor = new Visitor();
  const turned = `${stack.url}/api/auth/callback/oidc?error=access_denied&error_description=Dana+Reyes+may+not`;
  const madeUp = `${stack.url}/api/auth/callback/oidc?error=Dana+Reyes`;

  expect(await expectRefusal(stack, visitor, (await visitor.go(turned)).location, 'turned-back')).toContain(
    'The provider refuses: access_denied',
  );
  await expectRefusal(stack, visitor, (await visitor.go(madeUp)).location, 'turned-back');
});

test('signing in over the session of somebody else ends that session', async ({ stack, provider }) => {
  provider.people.set('ada', { name: 'Ada Okoye', groups: ['licenses'] });
  const [visitor, witness] = [new Visitor(), new Visitor()];
  await visitor.signIn(stack, 'ada');
  const { host } = new URL(stack.url);
  witness.cookies.set(host, new Map(visitor.cookies.get(host)));
  visitor.cookies.delete(new URL(provider.issuer).host);

  await visitor.signIn(stack, 'dana');

  expect((await visitor.go(`${stack.url}/api/accounts/${enterprise}/users`)).status).toBe(200);
  expect((await witness.go(`${stack.url}/api/accounts/${enterprise}/users`)).status).toBe(401);
});

test.describe('where to go afterwards', () => {
  const bad = ['1', 'javascript:alert(1)', '%', 'http://', '//', '\u0000', 'x'.repeat(3_000)];

  for (const address of bad) {
    test(`may be ${JSON.stringify(address.slice(0, 20))} in an address, a form and a cookie without harm`, async ({
      stack,
    }) => {
      const given = encodeURIComponent(address);
      const statuses = [];
      for (const way of ['csrf', 'signin', 'error', 'callback/oidc']) {
        statuses.push((await new Visitor().go(`${stack.url}/api/auth/${way}?callbackUrl=${given}`)).status);
        const visitor = new Visitor();
        visitor.cookies.set(new URL(stack.url).host, new Map([['next-auth.callback-url', given]]));
        statuses.push((await visitor.go(`${stack.url}/api/auth/${way}`)).status);
      }
      expect(statuses.filter((status) => status >= 400)).toEqual([]);

      const visitor = new Visitor();
      visitor.cookies.set(new URL(stack.url).host, new Map([['next-auth.callback-url', given]]));
      const back = await visitor.identify(await visitor.begin(stack, address), 'dana');
      expect(new URL((await visitor.go(back)).location).origin).toBe(stack.url);
    });
  }
});
