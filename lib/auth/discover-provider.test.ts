import { afterEach, expect, test, vi } from 'vitest';
import { discoverProvider } from './discover-provider.ts';

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

  await expect(discoverProvider({ issuer: 'https://asked.example' })).rejects.toThrow('not OIDC_ISSUER');
});
