import { randomUUID } from 'node:crypto';
import { cookies } from 'next/headers';
import { NextRequest } from 'next/server';
import NextAuth from 'next-auth';
import type { AuthConfig } from '@/lib/auth/auth-config.ts';
import { authOptions, providerId, type Visit } from '@/lib/auth/options.ts';
import { discoverProvider } from '@/lib/auth/provider/discover-provider.ts';
import { callbackCookie, operatorOf, sessionCookie } from '@/lib/auth/session.ts';
import { failureByCode, failureOf, type SignInFailure } from '@/lib/auth/sign-in-failure.ts';
import { browserCookie, knownFor } from '@/lib/auth/tries/known-browser.ts';
import { authConfig, deps } from '@/lib/deps.ts';
import { clearSiteData } from '@/lib/headers.ts';
import { log } from '@/lib/log/log.ts';
import { measured } from '@/lib/measured.ts';
import { isOwnOrigin, pathWithin } from '@/lib/origin.ts';
import { addressHeader } from '@/lib/web/caller-address.ts';

type Context = { params: Promise<{ nextauth: string[] }> };

const callback = `callback/${providerId}`;

/** Of next-auth's addresses those that are used here, by what they are for. */
const withProvider = { GET: ['csrf', 'signin', 'error', callback], POST: ['signout', `signin/${providerId}`] };
const withPassword = { GET: ['csrf', 'signin', 'error'], POST: ['signout', 'callback/credentials'] };

/** A sign-in form is smaller than this by far. */
const largestBody = 16_384;

async function handler(request: NextRequest, context: Context): Promise<Response> {
  const { db, settings } = deps();
  const { PUBLIC_URL: site } = settings;
  const way = (await context.params).nextauth.join('/');
  const offered = authConfig().provider ? withProvider : withPassword;
  if (request.method === 'POST' ? !offered.POST.includes(way) : !offered.GET.includes(way)) {
    return said(offered.GET.includes(way) || offered.POST.includes(way) ? 405 : 404);
  }
  const origin = request.headers.get('origin');
  if (request.method === 'POST' && origin !== null && !isOwnOrigin(origin, site)) return said(403);
  const { searchParams } = request.nextUrl;
  if (way === 'error') return toSignIn(request, site, { error: searchParams.get('error') ?? '' });
  const plain = await plainRequest(request);
  if (!plain) return said(413);

  const visit: Visit = {
    address: request.headers.get(addressHeader)?.split(',').at(-1)?.trim() ?? '',
    browser: request.cookies.get(browserCookie(site))?.value,
    session: request.cookies.get(sessionCookie(site))?.value,
    requestId: randomUUID(),
    verdict: undefined,
    failure: undefined,
  };
  const returnTo = pathWithin(site, request.cookies.get(callbackCookie(site))?.value);
  await forgetBadCallback(request, site);
  const asksProvider = way.endsWith(`/${providerId}`);
  const { metadata, failure } = asksProvider ? await whatProviderSays(authConfig()) : {};
  if (failure) return refused(request, visit, failure, returnTo);
  const refusal = searchParams.get('error');
  if (way === callback && refusal !== null) return refused(request, visit, failureByCode(refusal), returnTo);

  const setup = { db, authConfig: authConfig(), publicUrl: site, metadata };
  const response = await NextAuth(authOptions(setup, visit))(plain, context);
  if (asksProvider && visit.failure) return refused(request, visit, visit.failure, returnTo, response);
  if (visit.failure && way === 'callback/credentials') return said(503);
  if (way === 'signout') response.headers.set('clear-site-data', clearSiteData);
  return withVerdict(response, visit, site);
}

/** What next-auth needs of a request: a posted form that is small, and none of the parameters that it would take as its own. */
async function plainRequest(request: NextRequest): Promise<NextRequest | undefined> {
  const url = new URL(request.url);
  const { headers, method } = request;
  if (method !== 'POST') {
    url.searchParams.delete('callbackUrl'); // only forms name one
    return new NextRequest(url, { method, headers });
  }
  const body = await bodyOf(request);
  if (body === undefined) return undefined;
  url.search = '';
  return new NextRequest(url, { method, headers, body });
}

/** The body, as far as it is not too large. */
async function bodyOf({ body }: Request): Promise<string | undefined> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > largestBody) return undefined;
  }
  return text;
}

/** next-auth answers nothing but a fault to a browser that keeps something else than an address where it kept one. */
async function forgetBadCallback({ cookies: given }: NextRequest, site: string): Promise<void> {
  const name = callbackCookie(site);
  const kept = given.get(name)?.value;
  if (kept === undefined || (URL.canParse(kept) && new URL(kept).origin === site)) return;
  (await cookies()).delete({ name, path: '/', secure: site.startsWith('https:'), httpOnly: true, sameSite: 'lax' });
}

async function whatProviderSays({ provider }: AuthConfig) {
  try {
    return { metadata: provider && (await discoverProvider(provider)) };
  } catch (error) {
    return { failure: failureOf(error) };
  }
}

/**
 * A sign-in that failed goes on with the session that the browser has, where only the way there was stale: another tab was faster, or
 * the address was loaded again. Otherwise the sign-in page says why, under the reference that the log has.
 */
async function refused(
  request: NextRequest,
  { requestId, session }: Visit,
  failure: SignInFailure,
  returnTo: string,
  answered?: Response,
): Promise<Response> {
  const { db, settings } = deps();
  const { problem, reason: complaint, namedIssuer, expectedIssuer } = failure;
  if (problem === 'stale' && (await operatorOf(db, authConfig(), session))) {
    log.info({ requestId, code: problem, complaint }, 'A sign-in was overtaken: its browser has a session');
    return withCookiesOf(answered, Response.redirect(new URL(returnTo, settings.PUBLIC_URL), 302));
  }
  measured.emit('signInFailure', { reason: problem });
  log.warn({ requestId, code: problem, complaint, namedIssuer, expectedIssuer }, 'A sign-in was refused');
  const query = { error: problem, reference: requestId, ...(returnTo !== '/' && { return: returnTo }) };
  return withCookiesOf(answered, toSignIn(request, settings.PUBLIC_URL, query));
}

function withCookiesOf(from: Response | undefined, { status, headers, body }: Response): Response {
  const response = new Response(body, { status, headers });
  for (const cookie of from?.headers.getSetCookie() ?? []) response.headers.append('set-cookie', cookie);
  return response;
}

/** Back to the sign-in page, which says what went wrong. next-auth would put the words of an address into a header as they are. */
function toSignIn({ method }: Request, site: string, query: Record<string, string>): Response {
  const url = `${site}/sign-in?${new URLSearchParams(query)}`;
  return method === 'POST' ? Response.json({ url }) : Response.redirect(url, 302);
}

function withVerdict(response: Response, { verdict }: Visit, site: string): Response {
  if (verdict && verdict.outcome !== 'in') {
    measured.emit('signInFailure', { reason: verdict.outcome === 'wait' ? 'too-many-tries' : 'wrong-password' });
  }
  if (verdict?.outcome === 'wait') {
    const { seconds } = verdict;
    return Response.json({ wait: seconds }, { status: 429, headers: { 'retry-after': String(seconds) } });
  }
  if (verdict?.outcome === 'in') {
    const security = site.startsWith('https:') ? '; Secure' : '';
    const cookie = `${browserCookie(site)}=${verdict.browser}; Path=/; Max-Age=${knownFor}; HttpOnly; SameSite=Lax${security}`;
    response.headers.append('set-cookie', cookie);
  }
  return response;
}

const said = (status: number) => new Response(null, { status });

export { handler as GET, handler as POST };
