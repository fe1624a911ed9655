import type { IncomingMessage, ServerResponse } from 'node:http';
import { commonHeaders, dataPolicy } from '../headers.ts';

/**
 * What happens before Next hears of a request: its answer begins with the headers that every answer has, also one that Next gives by
 * itself and proxy.ts never sees. True when there is nothing more to answer: a method that Next could not even name.
 */
export function answeredOnDoorstep(
  request: Pick<IncomingMessage, 'method' | 'url'>,
  response: Pick<ServerResponse, 'setHeader' | 'writeHead' | 'end'>,
  publicUrl: string,
): boolean {
  for (const [name, value] of Object.entries(commonHeaders(publicUrl))) response.setHeader(name, value);
  response.setHeader('Content-Security-Policy', dataPolicy);
  // Files whose names tell their content are kept, and Next says so where nothing else has been said.
  if (!request.url?.startsWith('/_next/static/')) response.setHeader('Cache-Control', 'no-store');
  if (request.method !== 'TRACE') return false;
  response.writeHead(405, { Allow: 'GET, HEAD' });
  response.end();
  return true;
}
