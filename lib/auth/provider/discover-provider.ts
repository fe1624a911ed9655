import { z } from 'zod';
import type { Provider } from '../auth-config.ts';
import { SignInRefused } from '../sign-in-failure.ts';

const address = z.string().refine((text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol));

const metadataShape = z.object({
  issuer: z.string(),
  authorization_endpoint: address,
  token_endpoint: address,
  userinfo_endpoint: address.optional(),
  jwks_uri: address,
  token_endpoint_auth_methods_supported: z.array(z.string()).default(['client_secret_basic']),
  id_token_signing_alg_values_supported: z.array(z.string()).default(['RS256']),
});

/** What a provider says of itself (OpenID Connect Discovery 1.0, section 3). */
export type Metadata = z.output<typeof metadataShape>;

/** A provider's own words are read again after this; its keys are read at every sign-in. */
const freshMs = 10 * 60_000;
const deadlineMs = 5_000;

const known = new Map<string, { metadata: Metadata; readAt: number }>();

/**
 * What a provider says of itself, at most ten minutes ago. Throws `SignInRefused`: where it does not answer, where it calls itself something
 * else than `issuer`, and where it cannot be used.
 */
export async function discoverProvider({ issuer }: Pick<Provider, 'issuer'>): Promise<Metadata> {
  const cached = known.get(issuer);
  if (cached && performance.now() - cached.readAt < freshMs) return cached.metadata;
  const metadata = await readMetadata(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
  // Section 4.3: they must be identical, or anybody who answers at this address could speak for another.
  if (metadata.issuer !== issuer) {
    throw new SignInRefused('unfit-provider', 'The provider names an issuer that is not OIDC_ISSUER', {
      namedIssuer: metadata.issuer,
      expectedIssuer: issuer,
    });
  }
  if (isEncrypted(issuer) && !addressesOf(metadata).every(isEncrypted)) {
    // Our secret and their tokens would go there.
    throw new SignInRefused('unfit-provider', 'The provider names an address that is not https');
  }
  if (signaturesOf(metadata).length === 0) {
    throw new SignInRefused('unfit-provider', 'The provider signs its tokens in no way that is known here');
  }
  known.set(issuer, { metadata, readAt: performance.now() });
  return metadata;
}

async function readMetadata(url: string): Promise<Metadata> {
  const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(deadlineMs) }).catch((cause) => {
    throw new SignInRefused('no-provider', 'The provider does not answer its discovery', { cause });
  });
  if (!response.ok)
    throw new SignInRefused('no-provider', `The provider answers its discovery with ${response.status}`);
  const text = await response.json().catch(() => undefined);
  const metadata = metadataShape.safeParse(text);
  if (!metadata.success)
    throw new SignInRefused('no-provider', 'The provider answers its discovery with something else');
  return metadata.data;
}

const isEncrypted = (address: string) => new URL(address).protocol === 'https:';

const addressesOf = (metadata: Metadata) => [
  metadata.authorization_endpoint,
  metadata.token_endpoint,
  metadata.jwks_uri,
  ...(metadata.userinfo_endpoint ? [metadata.userinfo_endpoint] : []),
];

/** Signatures that only the provider can make: those that anybody who knows the client's secret could make are none. */
const asymmetric = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];

/** The ways of signing a token by which this provider is believed: all that it offers and that only it can make. */
export function signaturesOf({ id_token_signing_alg_values_supported: offered }: Metadata): string[] {
  return asymmetric.filter((one) => offered.includes(one));
}

/** How we show the provider who we are. */
export function authMethodOf({ token_endpoint_auth_methods_supported: offered }: Metadata) {
  const isPostOnly = !offered.includes('client_secret_basic') && offered.includes('client_secret_post');
  return isPostOnly ? 'client_secret_post' : 'client_secret_basic';
}
