import { NextRequest } from 'next/server';
import NextAuth from 'next-auth';
import { discoverProvider } from '@/lib/auth/discover-provider.ts';
import type { Entrance } from '@/lib/auth/entrance.ts';
import { browserCookie, knownFor } from '@/lib/auth/known-browser.ts';
import { authOptions, providerId, type Visit } from '@/lib/auth/options.ts';
import { deps, entrance } from '@/lib/deps.ts';
import { log } from '@/lib/log.ts';
import { isOwnOrigin } from '@/lib/origin.ts';
import { addressHeader } from '@/lib/web/caller-address.ts';

type Context = { params: Promise<{ nextauth: string[] }> };

/** Of next-auth's addresses those that are used here, by what they are for. */
const withProvider = {
  GET: ['csrf', 'signin', 'error', `callback/${providerId}`],
  POST: ['signout', `signin/${providerId}`],
};
const withPassword = { GET: ['csrf', 'signin', 'error'], POST: ['signout', 'callback/credentials'] };

/** A sign-in form is smaller than this by far. */
const largestBody = 16_384;

async function handler(request: NextRequest, context: Context): Promise<Response> {
  const { db, settings } = deps();
  const way = (await context.params).nextauth.join('/');
  const offered = entrance().provider ? withProvider : withPassword;
  if (request.method === 'POST' ? !offered.POST.includes(way) : !offered.GET.includes(way)) {
    return said(offered.GET.includes(way) || offered.POST.includes(way) ? 405 : 404);
  }
  const origin = request.headers.get('origin');
  if (request.method === 'POST' && origin !== null && !isOwnOrigin(origin, settings.PUBLIC_URL)) return said(403);
  if (way === 'error') return toSignIn(request, settings.PUBLIC_URL, request.nextUrl.searchParams.get('error') ?? '');
  const plain = await plainRequest(request);
  if (!plain) return said(413);

  const visit: Visit = {
    address: request.headers.get(addressHeader)?.split(',').at(-1)?.trim() ?? '',
    browser: request.cookies.get(browserCookie(settings.PUBLIC_URL))?.value,
    verdict: undefined,
  };
  const asksProvider = way.endsWith(`/${providerId}`);
  const { metadata, isSilent } = asksProvider
    ? await whatProviderSays(entrance())
    : { metadata: undefined, isSilent: false };
  if (isSilent) return toSignIn(request, settings.PUBLIC_URL, 'OAuthSignin');
  const house = { db, entrance: entrance(), publicUrl: settings.PUBLIC_URL, metadata };
  const response = await NextAuth(authOptions(house, visit))(plain, context);
  return withVerdict(response, visit, settings.PUBLIC_URL);
}

/** What next-auth needs of a request: a posted form that is small, and no parameters that would reach the provider with it. */
async function plainRequest(request: NextRequest): Promise<NextRequest | undefined> {
  if (request.method !== 'POST') return request;
  const { url, headers } = request;
  const body = await bodyOf(request);
  if (body === undefined) return undefined;
  return new NextRequest(new URL(new URL(url).pathname, url), { method: 'POST', headers, body });
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

async function whatProviderSays({ provider }: Entrance) {
  try {
    return { metadata: provider && (await discoverProvider(provider)), isSilent: false };
  } catch (error) {
    log.error({ err: error }, 'The provider could not be asked');
    return { metadata: undefined, isSilent: true };
  }
}

/** Back to the sign-in page, which says what went wrong. next-auth would put the words of an address into a header as they are. */
function toSignIn({ method }: Request, publicUrl: string, error: string): Response {
  const url = `${publicUrl}/sign-in?${new URLSearchParams({ error })}`;
  return method === 'POST' ? Response.json({ url }) : Response.redirect(url, 302);
}

function withVerdict(response: Response, { verdict }: Visit, publicUrl: string): Response {
  if (verdict?.outcome === 'wait') {
    const { seconds } = verdict;
    return Response.json({ wait: seconds }, { status: 429, headers: { 'retry-after': String(seconds) } });
  }
  if (verdict?.outcome === 'in') {
    const security = publicUrl.startsWith('https:') ? '; Secure' : '';
    const cookie = `${browserCookie(publicUrl)}=${verdict.browser}; Path=/; Max-Age=${knownFor}; HttpOnly; SameSite=Lax${security}`;
    response.headers.append('set-cookie', cookie);
  }
  return response;
}

const said = (status: number) => new Response(null, { status });

export { handler as GET, handler as POST };
