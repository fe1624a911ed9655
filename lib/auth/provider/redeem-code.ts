import type { TokenEndpointHandler } from 'next-auth/providers/oauth';
import { custom, type TokenSet } from 'openid-client';
import { z } from 'zod';
import { SignInRefused } from '../sign-in-failure.ts';

type Exchange = Parameters<NonNullable<TokenEndpointHandler['request']>>[0];

/** Seconds by which the provider's clock and ours may differ. */
const clockTolerance = 10;

/**
 * Exchanges what the provider sent back for tokens, and checks the ID token by the provider's keys. A client of openid-client believes one
 * signature alone, so a client for the token's own signature checks it, if that is among `signatures`. Throws what openid-client
 * throws, or `SignInRefused`.
 */
export async function redeemCode(
  { client, provider, params, checks }: Exchange,
  signatures: readonly string[],
): Promise<TokenSet> {
  const { code, ...answer } = params;
  // Before anything is sent: the state, the issuer in the address, and whether this is a refusal.
  await client.callback(provider.callbackUrl, answer, { state: checks.state });
  if (!code) throw new SignInRefused('bad-answer', 'The provider sent no code');
  const nonce = 'nonce' in checks ? checks.nonce : undefined;
  if (!nonce) throw new SignInRefused('stale', 'The nonce is no longer known');
  const tokens = await client.grant({
    grant_type: 'authorization_code',
    code,
    redirect_uri: provider.callbackUrl,
    code_verifier: checks.code_verifier,
  });
  const { id_token: idToken, access_token: accessToken } = tokens;
  if (!idToken) throw new SignInRefused('bad-answer', 'The provider sent no ID token');
  const { signature, bindsAccessToken } = looksOf(idToken, signatures);
  const checking = new client.issuer.Client({ ...client.metadata, id_token_signed_response_alg: signature });
  checking[custom.clock_tolerance] = clockTolerance;
  const parts = { id_token: idToken, state: checks.state, ...(bindsAccessToken && { access_token: accessToken }) };
  await checking.callback(provider.callbackUrl, parts, { state: checks.state, nonce });
  return tokens;
}

const headerShape = z.looseObject({ alg: z.string() });
const payloadShape = z.looseObject({});

/**
 * How an ID token says it is signed, and whether it names its access token's hash, which then must be right (OpenID Connect Core 1.0,
 * section 3.1.3.8). Throws when it is signed in none of the ways by which this provider is believed.
 */
function looksOf(token: string, signatures: readonly string[]): { signature: string; bindsAccessToken: boolean } {
  const { header, payload } = opened(token);
  if (!signatures.includes(header.alg)) {
    const named = /^[A-Za-z0-9]{1,10}$/.test(header.alg) ? header.alg : 'another algorithm';
    const offered = signatures.join(', ');
    throw new SignInRefused('bad-answer', `The ID token is signed by ${named}, and the provider offers ${offered}`);
  }
  return { signature: header.alg, bindsAccessToken: payload.at_hash !== undefined };
}

function opened(token: string) {
  const part = (text = ''): unknown => JSON.parse(Buffer.from(text, 'base64url').toString());
  try {
    const [header, payload] = token.split('.');
    return { header: headerShape.parse(part(header)), payload: payloadShape.parse(part(payload)) };
  } catch (cause) {
    throw new SignInRefused('bad-answer', 'The ID token cannot be read', { cause });
  }
}
