import type { IncomingMessage, ServerResponse } from 'node:http';
import { measured } from '../measured.ts';

/** The methods that have a label of their own. */
const methods = ['GET', 'HEAD', 'POST'];

/** Counts an answer when it has ended, by the pattern of its route. */
export function measureRequest(
  { method = '', url = '' }: IncomingMessage,
  response: ServerResponse,
  routeOf: (path: string) => string,
): void {
  const begun = performance.now();
  response.once('close', () => {
    const [path = ''] = url.split('?', 1);
    measured.emit('request', {
      route: routeOf(path),
      method: methods.includes(method) ? method : 'other',
      // A reader who hangs up before the end was not answered.
      status: response.writableFinished ? String(response.statusCode) : 'aborted',
      seconds: (performance.now() - begun) / 1_000,
      isStream: String(response.getHeader('content-type')).startsWith('text/event-stream'),
    });
  });
}
