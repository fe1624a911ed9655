import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';

/** The header under which the address of a caller is known inside. */
export const addressHeader = 'x-forwarded-for';

/**
 * Where a request comes from: the other end of its connection; where so many proxies of ours stand in front, the address that the
 * outermost of them saw. What a caller claims beyond that is not believed.
 */
export function callerAddress(
  request: Pick<IncomingMessage, 'headers' | 'socket'>,
  proxies: number | undefined,
): string {
  const direct = request.socket.remoteAddress ?? '';
  if (proxies === undefined) return direct;
  const claimed = [request.headers[addressHeader] ?? []].flat().join(',').split(',');
  const seen = claimed.at(-proxies)?.trim() ?? '';
  return isIP(seen) === 0 ? direct : seen;
}
