import { randomUUID } from 'node:crypto';
import type { AuthOptions, CookiesOptions } from 'next-auth';
import Credentials from 'next-auth/providers/credentials';
import type { OAuthConfig } from 'next-auth/providers/oauth';
import type { TokenSetParameters } from 'openid-client';
import { recordEntry } from '../audit/store.ts';
import type { Database } from '../db/database.ts';
import { log } from '../log/log.ts';
import { addressWithin } from '../origin.ts';
import type { AuthConfig, Provider } from './auth-config.ts';
import { authMethodOf, type Metadata, signaturesOf } from './provider/discover-provider.ts';
import { redeemCode } from './provider/redeem-code.ts';
import { type Claims, claimsShape, signInByProvider } from './provider/sign-in-by-provider.ts';
import { callbackCookie, endSessionById, openToken, sessionCookie } from './session.ts';
import { signInByPassword, type Verdict } from './sign-in-by-password.ts';
import { failureOf, type SignInFailure, SignInRefused } from './sign-in-failure.ts';

/** One request to next-auth: where it comes from, and what came of it. */
export type Visit = {
  address: string;
  /** The cookie of a browser that was let in before. */
  browser: string | undefined;
  /** The cookie of the session that the browser has so far. */
  session: string | undefined;
  /** Under which this request is logged and audited. */
  requestId: string;
  verdict: Verdict | undefined;
  /** Why the provider's answer let nobody in. */
  failure: SignInFailure | undefined;
};

/** The only provider, as next-auth's addresses name it. */
export const providerId = 'oidc';

const sessionSeconds = 12 * 60 * 60;

type AuthSetup = {
  db: Database;
  authConfig: AuthConfig;
  publicUrl: string;
  /** What the provider says of itself, where it is asked for. */
  metadata: Metadata | undefined;
};

/**
 * How next-auth lets operators in for one request: by the provider that is set or, without one, by name and password; with a token
 * that holds nothing but a random session ID.
 */
export function authOptions({ db, authConfig, publicUrl, metadata }: AuthSetup, visit: Visit): AuthOptions {
  const { secrets, provider } = authConfig;
  let sessionId: string | undefined;
  return {
    secret: secrets[0],
    session: { strategy: 'jwt', maxAge: sessionSeconds },
    jwt: { secret: secrets[0], maxAge: sessionSeconds, decode: ({ token, salt }) => openToken(secrets, token, salt) },
    cookies: publicUrl.startsWith('https:') ? hostCookies(publicUrl) : {},
    pages: { signIn: '/sign-in', error: '/sign-in' },
    providers: [
      ...(provider && metadata ? [byProvider(provider, metadata, visit)] : []),
      ...(provider ? [] : [byPassword(db, secrets, visit)]),
    ],
    callbacks: {
      async signIn({ account, profile }) {
        if (account?.type === 'credentials') return true;
        // What is thrown here would reach the address bar.
        if (provider) sessionId = await noting(visit, () => letIn(provider, profile)).catch(() => undefined);
        return sessionId !== undefined;
      },
      // next-auth's own throws for what is no address.
      redirect: ({ url, baseUrl }) => addressWithin(baseUrl, url),
      // Called with `user` at sign-in only; nothing of a client's own is ever copied into the token.
      jwt: ({ token, user, account }) => {
        if (!user) return { sessionId: token.sessionId };
        return { sessionId: account?.type === 'credentials' ? user.id : sessionId };
      },
      session: ({ session }) => ({ expires: session.expires }),
    },
    // next-auth has a sign-out address of its own, which only takes the cookie away.
    events: { signOut: ({ token }) => signOut(db, authConfig, token?.sessionId) },
    logger: {
      error: (code, facts) => {
        visit.failure ??= failureOf(errorIn(facts));
        log.error({ code, requestId: visit.requestId, err: errorIn(facts) }, 'A sign-in failed');
      },
      warn: (code) => log.warn({ code }, 'Sign-in warns'),
      debug: () => {},
    },
  };

  function letIn(known: Provider, profile: unknown) {
    const claims = claimsShape.safeParse(profile);
    if (!claims.success) throw new SignInRefused('bad-answer', 'The provider does not say who it is');
    return signInByProvider(db, authConfig, known, claims.data, visit);
  }
}

/** Keeps the reason of a failure before next-auth wraps it. */
async function noting<T>(visit: Visit, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    visit.failure ??= failureOf(error);
    if (!(error instanceof SignInRefused)) log.error({ err: error, requestId: visit.requestId }, 'A sign-in failed');
    throw error;
  }
}

/** What went wrong, where next-auth says; of what else it passes along, claims and tokens, nothing goes on. */
function errorIn(facts: unknown): Error | undefined {
  if (facts instanceof Error) return facts;
  const error = typeof facts === 'object' && facts !== null && 'error' in facts ? facts.error : undefined;
  return error instanceof Error ? error : undefined;
}

function byPassword(db: Database, secrets: AuthConfig['secrets'], visit: Visit) {
  return Credentials({
    credentials: { username: {}, password: {} },
    // What is thrown here would reach the address bar: every failure is null.
    async authorize(credentials): Promise<{ id: string } | null> {
      const { username, password } = credentials ?? {};
      if (typeof username !== 'string' || typeof password !== 'string') return null;
      try {
        visit.verdict = await signInByPassword(db, secrets, { username, password, ...visit });
        return visit.verdict.outcome === 'in' ? { id: visit.verdict.sessionId } : null;
      } catch (error) {
        visit.failure = failureOf(error);
        log.error({ err: error, requestId: visit.requestId }, 'Nobody can sign in');
        return null;
      }
    },
  });
}

function byProvider(
  { issuer, clientId, clientSecret, rules }: Provider,
  metadata: Metadata,
  visit: Visit,
): OAuthConfig<Claims> {
  const { scope } = rules();
  return {
    id: providerId,
    name: providerId,
    type: 'oauth',
    issuer,
    clientId,
    clientSecret,
    idToken: true,
    checks: ['pkce', 'state', 'nonce'],
    authorization: { url: metadata.authorization_endpoint, params: { scope } },
    token: {
      url: metadata.token_endpoint,
      request: (exchange) =>
        noting(visit, async () => ({ tokens: await redeemCode(exchange, signaturesOf(metadata)) })),
    },
    jwks_endpoint: metadata.jwks_uri,
    userinfo: {
      url: metadata.userinfo_endpoint,
      // Called with an ID token that has been checked.
      request: ({ tokens, client }) => noting(visit, () => claimsOf(tokens, client)),
    },
    client: { token_endpoint_auth_method: authMethodOf(metadata) },
    httpOptions: { timeout: 5_000 },
    profile: ({ sub }) => ({ id: sub }),
  };

  /** Providers may keep the groups for those who ask once more. */
  async function claimsOf(
    tokens: TokenSetParameters,
    client: { userinfo(token: string): Promise<Claims> },
  ): Promise<Claims> {
    const claims = claimsIn(tokens);
    if (Object.hasOwn(claims, rules().groupsClaim) || !metadata.userinfo_endpoint || !tokens.access_token)
      return claims;
    const more = await client.userinfo(tokens.access_token);
    // OpenID Connect Core 1.0, section 5.3.2
    if (more.sub !== claims.sub) throw new SignInRefused('bad-answer', 'The user info is about another person');
    return { ...more, ...claims };
  }
}

/** What an ID token says, after its receiver has checked it. */
function claimsIn({ id_token: token }: TokenSetParameters): Claims {
  const [, payload = ''] = token?.split('.') ?? [];
  return claimsShape.parse(JSON.parse(Buffer.from(payload, 'base64url').toString()));
}

async function signOut(db: Database, authConfig: AuthConfig, sessionId: unknown): Promise<void> {
  const operator = typeof sessionId === 'string' ? await endSessionById(db, authConfig, sessionId) : undefined;
  if (operator) await recordEntry(db, { action: 'sign-out', operator, requestId: randomUUID() });
}

/** Every cookie for this very host and over https alone, which browsers see to for names that begin so. */
function hostCookies(publicUrl: string): Partial<CookiesOptions> {
  const options = { httpOnly: true, sameSite: 'lax', path: '/', secure: true } as const;
  const cookie = (name: string) => ({ name: `__Host-next-auth.${name}`, options });
  const brief = (name: string) => ({ ...cookie(name), options: { ...options, maxAge: 15 * 60 } });
  return {
    sessionToken: { name: sessionCookie(publicUrl), options },
    callbackUrl: { name: callbackCookie(publicUrl), options },
    csrfToken: cookie('csrf-token'),
    pkceCodeVerifier: brief('pkce.code_verifier'),
    state: brief('state'),
    nonce: brief('nonce'),
  };
}
