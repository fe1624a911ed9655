import { randomBytes } from 'node:crypto';
import { type NextRequest, NextResponse } from 'next/server';
import { readSettings } from './lib/env.ts';
import { cachingOf, commonHeaders, dataPolicy, pagePolicy } from './lib/headers.ts';
import { isOwnHost, isOwnOrigin } from './lib/origin.ts';

const isDev = process.env.NODE_ENV === 'development';
let publicUrl: string | undefined;

/** Read at the first request: a build has no settings. */
function ownAddress(): string {
  publicUrl ??= readSettings().PUBLIC_URL;
  return publicUrl;
}

/**
 * Headers of every answer but hashed files, and what needs no answer of ours: other sites' names, posts from their pages, and methods
 * that nothing here has. It authorises nobody; that is the guard's.
 */
export function proxy(request: NextRequest): NextResponse {
  const isData = request.nextUrl.pathname.startsWith('/api/');
  const refusal = refused(request, isData);
  if (refusal) return withHeaders(refusal, dataPolicy);
  if (isData) return withHeaders(NextResponse.next(), dataPolicy);

  const policy = pagePolicy(randomBytes(16).toString('base64'), isDev);
  const headers = new Headers(request.headers);
  headers.set('Content-Security-Policy', policy); // Next reads the nonce for its own scripts from here
  return withHeaders(NextResponse.next({ request: { headers } }), policy, cachingOf(request.nextUrl.pathname));
}

export const config = { matcher: '/((?!_next/static/).*)' };

function refused({ method, headers, nextUrl }: NextRequest, isData: boolean): NextResponse | undefined {
  const hosts = [headers.get('host'), ...(headers.get('x-forwarded-host')?.split(',') ?? [])];
  if (!hosts.every((host) => isOwnHost(host?.trim() ?? null, ownAddress())))
    return new NextResponse(null, { status: 421 });
  const origin = headers.get('origin');
  if (method === 'POST' && origin !== null && !isOwnOrigin(origin, ownAddress()))
    return new NextResponse(null, { status: 403 });
  const allowed = methodsFor(nextUrl.pathname, isData, headers.has('next-action'));
  if (allowed.includes(method)) return undefined;
  return new NextResponse(null, { status: 405, headers: { Allow: allowed.join(', ') } });
}

/** Where a file is handed in. */
const upload = /^\/api\/accounts\/[^/]+\/(?:batches|trend\/(?:activity|departments))\/upload$/;

/** Pages are read, and posted to only by server actions; data is read, files are posted; signing in is next-auth's. */
function methodsFor(path: string, isData: boolean, isAction: boolean): string[] {
  if (upload.test(path)) return ['POST'];
  if (path.startsWith('/api/auth/')) return ['GET', 'HEAD', 'POST'];
  return !isData && isAction ? ['POST'] : ['GET', 'HEAD'];
}

function withHeaders(response: NextResponse, policy: string, caching = 'no-store'): NextResponse {
  for (const [name, value] of Object.entries(commonHeaders(ownAddress()))) response.headers.set(name, value);
  response.headers.set('Cache-Control', caching);
  response.headers.set('Content-Security-Policy', policy);
  return response;
}
