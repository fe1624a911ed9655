import { openSeats } from '@/lib/events/seats.ts';
import { attachment } from '@/lib/users/export-name.ts';

/** Files of one operator's that are made at a time: each reads whole tables, and all operators share one database. */
const seats = openSeats(4);

/** Who takes a file: the caller at a route. */
type Taker = { operator: { id: string }; request: Request };

/** A file of that name, sent as it is made, that no cache keeps. Who takes too many at a time is told to come again. */
export function download(
  { operator, request }: Taker,
  chunks: AsyncGenerator<string>,
  name: string,
  type: string,
): Response {
  const headers = {
    'content-type': `${type}; charset=utf-8`,
    'content-disposition': attachment(name),
    'cache-control': 'no-store',
  };
  if (request.method === 'HEAD') return new Response(null, { headers }); // nobody would read it to its end
  const giveSeatBack = seats.take(operator.id);
  if (!giveSeatBack) return new Response(null, { status: 429, headers: { 'retry-after': '5' } });
  request.signal.addEventListener('abort', giveSeatBack, { once: true });
  if (request.signal.aborted) giveSeatBack();
  return new Response(streamOf(chunks, giveSeatBack), { headers });
}

/** Text as it is made, at the pace of whoever reads it; who hangs up ends the making. */
function streamOf(chunks: AsyncGenerator<string>, over: () => void): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      try {
        const { done, value } = await chunks.next();
        if (!done) return controller.enqueue(encoder.encode(value));
      } catch (error) {
        over();
        throw error;
      }
      over();
      controller.close();
    },
    async cancel() {
      over();
      await chunks.return(undefined);
    },
  });
}
