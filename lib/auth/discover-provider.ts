import { z } from 'zod';
import type { Provider } from './entrance.ts';

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
const patienceMs = 5_000;

const known = new Map<string, { metadata: Metadata; readAt: number }>();

/** What a provider says of itself, at most ten minutes ago. Throws when it does not answer, or says that it is another. */
export async function discoverProvider({ issuer }: Pick<Provider, 'issuer'>): Promise<Metadata> {
  const cached = known.get(issuer);
  if (cached && performance.now() - cached.readAt < freshMs) return cached.metadata;
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(patienceMs) });
  if (!response.ok) throw new Error(`The provider answers its discovery with ${response.status}`);
  const metadata = metadataShape.parse(await response.json());
  // Section 4.3: they must be identical, or anybody who answers at this address could speak for another.
  if (metadata.issuer !== issuer) throw new Error('The provider names an issuer that is not OIDC_ISSUER');
  if (isEncrypted(issuer) && !addressesOf(metadata).every(isEncrypted)) {
    throw new Error('The provider names an address that is not https'); // our secret and their tokens would go there
  }
  known.set(issuer, { metadata, readAt: performance.now() });
  return metadata;
}

const isEncrypted = (address: string) => new URL(address).protocol === 'https:';

const addressesOf = (metadata: Metadata) => [
  metadata.authorization_endpoint,
  metadata.token_endpoint,
  metadata.jwks_uri,
  ...(metadata.userinfo_endpoint ? [metadata.userinfo_endpoint] : []),
];

/** Signatures that only the provider can make, the usual one first. */
const signatures = ['RS256', 'PS256', 'ES256', 'EdDSA', 'RS384', 'RS512', 'PS384', 'PS512', 'ES384', 'ES512'];

/** How tokens of this provider are signed. One that anybody who knows the client's secret could make is none. */
export function signatureOf({ id_token_signing_alg_values_supported: offered }: Metadata): string {
  const signature = signatures.find((one) => offered.includes(one));
  if (!signature) throw new Error('The provider signs its tokens in no way that is known here');
  return signature;
}

/** How we show the provider who we are. */
export function authMethodOf({ token_endpoint_auth_methods_supported: offered }: Metadata) {
  const isPostOnly = !offered.includes('client_secret_basic') && offered.includes('client_secret_post');
  return isPostOnly ? 'client_secret_post' : 'client_secret_basic';
}
