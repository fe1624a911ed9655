import type { IncomingMessage, ServerResponse } from 'node:http';
import { cachingOf, commonHeaders, dataPolicy } from '../headers.ts';

/** Headers by which parts of Next talk to each other: from outside, nobody has any to give. */
const internal = /^(?:x-(?:middleware|nextjs|next|invoke|matched|now|prerender|vercel)-|next-resume$)/;

/** Files whose names tell their content are kept, and Next says so where nothing else has been said. */
const hashedFile = /^\/_next\/static\/[^?]+\.\w+$/;

/**
 * What happens before Next hears of a request: its answer begins with the headers that every answer has, also one that Next gives by
 * itself and proxy.ts never sees. True when it has been answered: a method that Next could not even name, an address that is none of
 * this site's, which Next would send people on to, two hosts, or an action larger than any.
 */
export function answeredOnDoorstep(
  request: Pick<IncomingMessage, 'method' | 'url' | 'headers' | 'rawHeaders'>,
  response: Pick<ServerResponse, 'setHeader' | 'writeHead' | 'end'>,
  publicUrl: string,
): boolean {
  for (const [name, value] of Object.entries(commonHeaders(publicUrl))) response.setHeader(name, value);
  response.setHeader('Content-Security-Policy', dataPolicy);
  const [path = ''] = (request.url ?? '').split('?', 1);
  if (!hashedFile.test(request.url ?? '')) response.setHeader('Cache-Control', cachingOf(path));
  for (const name of Object.keys(request.headers)) if (internal.test(name)) delete request.headers[name];

  if (request.method === 'TRACE') response.writeHead(405, { Allow: 'GET, HEAD', 'Cache-Control': 'no-store' });
  else if (!request.url?.startsWith('/') || hostsOf(request) > 1) response.writeHead(400);
  else if (isTooLarge(request)) response.writeHead(413, { Connection: 'close' });
  else return false;
  response.end();
  return true;
}

/** RFC 9112, 3.2: a request with two is a bad one; a proxy in front may have believed the other. */
const hostsOf = ({ rawHeaders }: Pick<IncomingMessage, 'rawHeaders'>) =>
  rawHeaders.filter((name, at) => at % 2 === 0 && name.toLowerCase() === 'host').length;

/** Next reads no more than a megabyte for an action, but would keep ten of them in memory before it says so. */
const largestAction = 1_048_576;

const isTooLarge = ({ headers }: Pick<IncomingMessage, 'headers'>) =>
  headers['next-action'] !== undefined && Number(headers['content-length'] ?? 0) > largestAction;
