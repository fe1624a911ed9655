import { afterEach, expect, test, vi } from 'vitest';
import { discoverProvider, signaturesOf } from './discover-provider.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

/** The words of a provider that nobody can reach from here. */
function providerSaying(issuer: string, more: Record<string, string>) {
  const metadata = {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/keys`,
    ...more,
  };
  vi.stubGlobal('fetch', async () => Response.json(metadata));
}

test.each(['authorization_endpoint', 'token_endpoint', 'userinfo_endpoint', 'jwks_uri'])(
  'an https provider whose %s is plain http is not believed: secrets and tokens would go there',
  async (name) => {
    const issuer = `https://${name.replaceAll('_', '-')}.example`;
    providerSaying(issuer, { [name]: 'http://id.example/x' });

    await expect(discoverProvider({ issuer })).rejects.toThrow('not https');
  },
);

test('an https provider with https addresses is believed', async () => {
  providerSaying('https://id.example', {});

  expect(await discoverProvider({ issuer: 'https://id.example' })).toMatchObject({
    jwks_uri: 'https://id.example/keys',
  });
});

test('a provider that says it is another is not believed', async () => {
  providerSaying('https://other.example', {});

  await expect(discoverProvider({ issuer: 'https://asked.example' })).rejects.toMatchObject({
    failure: {
      problem: 'unfit-provider',
      namedIssuer: 'https://other.example',
      expectedIssuer: 'https://asked.example',
    },
  });
});

test.each([
  [
    ['RS256', 'ES256'],
    ['RS256', 'ES256'],
  ],
  [
    ['HS256', 'ES256', 'none', 'EdDSA'],
    ['ES256', 'EdDSA'],
  ],
  [['none', 'HS256', 'HS384', 'HS512', 'XX256'], []],
])('of a provider that offers %j, tokens signed by %j are believed', (offered, believed) => {
  const words = { issuer: 'x', authorization_endpoint: 'x', token_endpoint: 'x', jwks_uri: 'x' };
  expect(
    signaturesOf({
      ...words,
      token_endpoint_auth_methods_supported: [],
      id_token_signing_alg_values_supported: offered,
    }),
  ).toEqual(believed);
});

test('a provider that signs with nothing but the shared secret is not believed', async () => {
  vi.stubGlobal('fetch', async () =>
    Response.json({
      issuer: 'https://shared.example',
      authorization_endpoint: 'https://shared.example/authorize',
      token_endpoint: 'https://shared.example/token',
      jwks_uri: 'https://shared.example/keys',
      id_token_signing_alg_values_supported: ['HS256', 'none'],
    }),
  );

  await expect(discoverProvider({ issuer: 'https://shared.example' })).rejects.toMatchObject({
    failure: { problem: 'unfit-provider' },
  });
});

test.each([
  ['no answer', () => Promise.reject(new TypeError('fetch failed'))],
  ['a page', async () => new Response('<html>')],
  ['an error', async () => new Response('', { status: 502 })],
  ['half of it', async () => Response.json({ issuer: 'https://half.example' })],
])('a provider that gives %s is told apart from one that is set up wrongly', async (_, answer) => {
  vi.stubGlobal('fetch', answer);

  await expect(discoverProvider({ issuer: 'https://half.example' })).rejects.toMatchObject({
    failure: { problem: 'no-provider' },
  });
});
