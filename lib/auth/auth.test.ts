import { once } from 'node:events';
import { createServer } from 'node:http';
import { sql } from 'kysely';
import { encode } from 'next-auth/jwt';
import { Issuer, TokenSet } from 'openid-client';
import { describe, expect, onTestFinished, test } from 'vitest';
import { withDatabase } from '../../testing/database.ts';
import { type Database, openDatabase } from '../db/database.ts';
import { readAccessRules } from './access.ts';
import { type AuthConfig, accessAt } from './auth-config.ts';
import { createExampleOperators } from './example-operators.ts';
import { authOptions, type Visit } from './options.ts';
import { newPassword, verifyPassword } from './password.ts';
import type { Metadata } from './provider/discover-provider.ts';
import { beginSession, endOtherSessions, endSession, operatorOf, otherSessions, sessionCookie } from './session.ts';
import { findOperator, type LocalOperator, saveOperator } from './store.ts';

const secret = 'a-secret-of-more-than-thirty-two-bytes';
const authConfig: AuthConfig = { secrets: [secret], provider: undefined, accounts: 'all' };

const dana: LocalOperator = { id: 'example-helpdesk', username: 'helpdesk', name: 'Dana Reyes', role: 'helpdesk' };

/** The cookie of a fresh session of Dana's. */
async function signedIn(db: Database): Promise<string> {
  await saveOperator(db, { ...dana, passwordHash: 'none' });
  const sessionId = await beginSession(db, dana.id);
  return encode({ token: { sessionId }, secret });
}

async function oneMore(db: Database, operatorId: string = dana.id): Promise<string> {
  if (operatorId !== dana.id) {
    await saveOperator(db, {
      id: operatorId,
      username: operatorId,
      name: operatorId,
      role: 'viewer',
      passwordHash: 'none',
    });
  }
  return encode({ token: { sessionId: await beginSession(db, operatorId) }, secret });
}

const setup = { db: openDatabase('postgresql://127.0.0.1:1/none'), authConfig, metadata: undefined };
const visit: Visit = {
  address: '',
  browser: undefined,
  session: undefined,
  requestId: '1e5a2b0c-0000-4000-8000-000000000000',
  verdict: undefined,
  failure: undefined,
};

describe('example operators', () => {
  test('are made once, one of each role and a second admin, with passwords that open the door and are kept only as hashes', () =>
    withDatabase(async (db) => {
      const { created } = await createExampleOperators(db);

      expect(created.map(({ role }) => role)).toEqual(['viewer', 'helpdesk', 'admin', 'admin']);
      for (const { username, password } of created) {
        const operator = await findOperator(db, username);
        expect(operator?.passwordHash).not.toContain(password);
        expect(await verifyPassword(password, operator?.passwordHash)).toBe(true);
        expect(await verifyPassword(`${password}x`, operator?.passwordHash)).toBe(false);
      }
      expect(await createExampleOperators(db)).toEqual({
        created: [],
        existing: ['viewer', 'helpdesk', 'admin', 'admin2'],
      });
    }));

  test('get no new password because they are disabled', () =>
    withDatabase(async (db) => {
      await createExampleOperators(db);
      await sql`update operators set disabled_at = now() where username = 'viewer'`.execute(db);

      expect(await createExampleOperators(db)).toMatchObject({ created: [] });
    }));

  test('get new passwords on demand, which ends their sessions', () =>
    withDatabase(async (db) => {
      const cookie = await signedIn(db);

      const { created } = await createExampleOperators(db, { newPasswords: true });

      expect(created).toHaveLength(4);
      expect(await operatorOf(db, authConfig, cookie)).toBeUndefined();
    }));
});

test('an unknown user name is no different from a wrong password', async () => {
  expect(await verifyPassword('anything', undefined)).toBe(false);
});

test('new passwords are long and never the same', () => {
  const passwords = Array.from({ length: 50 }, newPassword);
  expect(new Set(passwords).size).toBe(50);
  for (const password of passwords) expect(password).toMatch(/^([a-z2-9]{5}-){3}[a-z2-9]{5}$/);
});

describe('a session', () => {
  test('leads to its operator, with the role of today', () =>
    withDatabase(async (db) => {
      const cookie = await signedIn(db);
      expect(await operatorOf(db, authConfig, cookie)).toMatchObject({ name: 'Dana Reyes', role: 'helpdesk' });

      await db.updateTable('operators').set({ role: 'viewer' }).where('username', '=', 'helpdesk').execute();

      expect(await operatorOf(db, authConfig, cookie)).toMatchObject({ role: 'viewer' });
    }));

  const endings: [string, (db: Database, cookie: string) => Promise<unknown>][] = [
    ['it is signed out', (db, cookie) => endSession(db, authConfig, cookie)],
    ['its operator is disabled', (db) => sql`update operators set disabled_at = clock_timestamp()`.execute(db)],
    [
      'it was not used for half an hour',
      (db) => sql`update sessions set seen_at = seen_at - interval '31 minutes'`.execute(db),
    ],
    ['it is twelve hours old', (db) => sql`update sessions set expires_at = clock_timestamp()`.execute(db)],
    ['its row is gone', (db) => sql`delete from sessions`.execute(db)],
  ];
  for (const [what, end] of endings) {
    test(`opens nothing any more once ${what}`, () =>
      withDatabase(async (db) => {
        const cookie = await signedIn(db);

        await end(db, cookie);

        expect(await operatorOf(db, authConfig, cookie)).toBeUndefined();
      }));
  }

  test('is not opened by a cookie that we did not make', () =>
    withDatabase(async (db) => {
      const cookie = await signedIn(db);
      const forged = [
        undefined,
        '',
        'x',
        cookie.slice(0, -2),
        await encode({ token: { sessionId: 'made-up' }, secret }),
        await encode({ token: { sub: 'example-admin', role: 'admin' }, secret }),
        await encode({ token: { sessionId: ['a', 'b'] }, secret }),
        await encode({ token: { sessionId: 'x' }, secret: 'another-secret-of-more-than-32-bytes-x' }),
      ];
      for (const attempt of forged) expect(await operatorOf(db, authConfig, attempt)).toBeUndefined();
    }));

  test('is opened by cookies of the secret before, and sealed with the new one', () =>
    withDatabase(async (db) => {
      const old = await signedIn(db);
      const newSecret = 'the-next-one-for-this-test-and-long-enough';
      const rotated: AuthConfig = { secrets: [newSecret, secret], provider: undefined, accounts: 'all' };
      const options = authOptions(
        { db, authConfig: rotated, publicUrl: 'https://carillon.example', metadata: undefined },
        visit,
      );

      expect(await operatorOf(db, rotated, old)).toMatchObject({ name: 'Dana Reyes' });
      expect(await operatorOf(db, { secrets: [newSecret], provider: undefined, accounts: 'all' }, old)).toBeUndefined();
      expect(options.secret).toBe(newSecret);
      expect(options.jwt?.secret).toBe(newSecret);
      expect(await options.jwt?.decode?.({ token: old, secret: newSecret })).toHaveProperty('sessionId');
    }));

  test('is one of several, and all others can be ended at once', () =>
    withDatabase(async (db) => {
      const [here, laptop, phone] = [await signedIn(db), await oneMore(db), await oneMore(db)];
      const theirs = await oneMore(db, 'mona');
      const expired = await oneMore(db);
      await sql`update sessions set expires_at = clock_timestamp()
        where created_at = (select max(created_at) from sessions)`.execute(db);
      const operator = await operatorOf(db, authConfig, here);
      if (!operator) throw new Error('Nobody is signed in');
      expect(await operatorOf(db, authConfig, expired)).toBeUndefined();

      expect(await otherSessions(db, authConfig, here, operator)).toBe(2);
      expect(await endOtherSessions(db, authConfig, here, operator)).toBe(2);

      expect(await otherSessions(db, authConfig, here, operator)).toBe(0);
      for (const cookie of [laptop, phone]) expect(await operatorOf(db, authConfig, cookie)).toBeUndefined();
      for (const cookie of [here, theirs]) expect(await operatorOf(db, authConfig, cookie)).toBeDefined();
    }));

  test('has an ID of 256 random bits, which the database does not know', () =>
    withDatabase(async (db) => {
      await signedIn(db);
      const id = await beginSession(db, dana.id);

      expect(Buffer.from(id, 'base64url')).toHaveLength(32);
      const { rows } = await sql<{ id_hash: string }>`select id_hash from sessions`.execute(db);
      expect(JSON.stringify(rows)).not.toContain(id);
    }));

  test('stays alive while it is used', () =>
    withDatabase(async (db) => {
      const cookie = await signedIn(db);
      await sql`update sessions set seen_at = seen_at - interval '20 minutes'`.execute(db);
      await operatorOf(db, authConfig, cookie);
      await sql`update sessions set seen_at = seen_at - interval '20 minutes'`.execute(db);

      expect(await operatorOf(db, authConfig, cookie)).toBeDefined();
    }));
});

describe('the cookies', () => {
  test('are for this very host and over https, where the site is', () => {
    const { cookies } = authOptions({ ...setup, publicUrl: 'https://carillon.example' }, visit);

    expect(Object.keys(cookies ?? {}).sort()).toEqual(
      ['callbackUrl', 'csrfToken', 'nonce', 'pkceCodeVerifier', 'sessionToken', 'state'].sort(),
    );
    for (const { name, options } of Object.values(cookies ?? {})) {
      expect(name).toMatch(/^__Host-/);
      expect(options).toMatchObject({ httpOnly: true, secure: true, path: '/', sameSite: 'lax' });
      expect(options).not.toHaveProperty('domain');
    }
    expect(cookies?.sessionToken?.name).toBe(sessionCookie('https://carillon.example'));
  });
});

test.each([
  [undefined, ['credentials']],
  [{ issuer: 'https://login.example', clientId: 'a', clientSecret: 'b', rules: () => readAccessRules('') }, []],
])('with the provider %j the ways in are %j', (provider, ways) => {
  const options = authOptions(
    { ...setup, publicUrl: 'https://carillon.example', authConfig: { secrets: [secret], provider, accounts: 'all' } },
    visit,
  );
  expect(options.providers.map(({ id }) => id)).toEqual(ways);
});

test('user info of another subject than the token is refused, whatever it names', async () => {
  const rules = readAccessRules('{"help": "Ask.", "groups": {"desk": {"role": "admin", "accounts": "all"}}}');
  const provider = { issuer: 'https://login.example', clientId: 'a', clientSecret: 'b', rules: () => rules };
  const metadata: Metadata = {
    issuer: provider.issuer,
    authorization_endpoint: `${provider.issuer}/authorize`,
    token_endpoint: `${provider.issuer}/token`,
    userinfo_endpoint: `${provider.issuer}/me`,
    jwks_uri: `${provider.issuer}/keys`,
    token_endpoint_auth_methods_supported: [],
    id_token_signing_alg_values_supported: ['RS256'],
  };
  const options = authOptions(
    {
      ...setup,
      metadata,
      publicUrl: 'https://carillon.example',
      authConfig: { secrets: [secret], provider, accounts: 'all' },
    },
    { ...visit },
  );
  const [oidc] = options.providers;
  if (oidc?.type !== 'oauth' || typeof oidc.userinfo !== 'object') throw new Error('There is no provider');
  const request = oidc.userinfo.request;
  const claims = Buffer.from(JSON.stringify({ sub: 'dana' })).toString('base64url');
  const tokens = new TokenSet({ id_token: `e30.${claims}.x`, access_token: 'x' });
  const toldOf = async (sub: string) => {
    const server = createServer((_, response) => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ sub, groups: ['desk'] }));
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    onTestFinished(() => void server.close());
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const issuer = new Issuer({ issuer: provider.issuer, userinfo_endpoint: `http://127.0.0.1:${port}/me` });
    const client = new issuer.Client({ client_id: 'a', client_secret: 'b' });
    return request?.({ tokens, client, provider: { ...oidc, signinUrl: '', callbackUrl: '' } });
  };

  await expect(toldOf('ada')).rejects.toMatchObject({ failure: { problem: 'bad-answer' } });
  expect(await toldOf('dana')).toEqual({ sub: 'dana', groups: ['desk'] });
});

describe('what a session allows', () => {
  const rules = readAccessRules(
    '{"help": "Ask.", "groups": {"desk": {"role": "helpdesk", "accounts": ["a"]}, "all": {"role": "viewer", "accounts": "all"}}}',
  );
  const provider = { issuer: 'https://login.example', clientId: 'a', clientSecret: 'b', rules: () => rules };
  const known = { id: 'x', name: 'X', issuer: provider.issuer, role: null, groupsClaim: 'groups' };

  test.each([
    [
      { operator: known, groups: ['desk'] },
      { role: 'helpdesk', accounts: ['a'], isForAll: false },
    ],
    [
      { operator: known, groups: ['desk', 'all'] },
      { role: 'helpdesk', accounts: 'all', isForAll: true },
    ],
    [{ operator: known, groups: ['gone'] }, undefined],
    [{ operator: known, groups: null }, undefined],
    [{ operator: { ...known, groupsClaim: 'roles' }, groups: ['desk'] }, undefined],
    [
      { operator: { ...known, groupsClaim: null }, groups: ['desk'] },
      { role: 'helpdesk', accounts: ['a'], isForAll: false },
    ],
    [{ operator: { ...known, issuer: 'https://another.example' }, groups: ['desk'] }, undefined],
    [{ operator: { ...known, issuer: null, role: 'admin' as const }, groups: null }, undefined],
  ])('with a provider, to %j, is %j', (session, access) => {
    expect(accessAt({ secrets: [secret], provider, accounts: 'all' }, session)).toEqual(access);
  });

  test('without a provider, is nothing to those whom only a provider knows', () => {
    expect(accessAt(authConfig, { operator: known, groups: ['desk'] })).toBeUndefined();
    expect(accessAt(authConfig, { operator: { ...known, issuer: null, role: 'admin' }, groups: null })).toEqual({
      role: 'admin',
      accounts: 'all',
      isForAll: true,
    });
  });

  test.each([
    [['desk'], ['a', 'b'], { role: 'helpdesk', accounts: ['a'], isForAll: false }],
    [['desk'], ['b'], { role: 'helpdesk', accounts: [], isForAll: false }],
    [['all'], ['b', 'c'], { role: 'viewer', accounts: ['b', 'c'], isForAll: true }],
  ])('where Carillon looks after some accounts, to %j of %j, is %j', (groups, accounts, access) => {
    expect(accessAt({ secrets: [secret], provider, accounts }, { operator: known, groups })).toEqual(access);
    const local = { ...known, issuer: null, role: 'admin' as const };
    expect(accessAt({ ...authConfig, accounts }, { operator: local, groups: null })?.accounts).toEqual(accounts);
  });
});
