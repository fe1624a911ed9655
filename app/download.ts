import { attachment } from '@/lib/exports/export-name.ts';
import { openSeats } from '@/lib/live/concurrency-limit.ts';

/** Files of one operator's that are made at a time: each reads whole tables, and all operators share one database. */
const seats = openSeats(4);

/** Who takes a file: the caller at a route. */
type Taker = { operator: { id: string }; request: Request };

/**
 * What is sent, under which name and as what. `record` writes down in the audit that it is; null for what says only what the
 * operator has just handed in, and for numbers that name nobody.
 */
type File = { chunks: AsyncGenerator<string>; name: string; type: string; record: (() => Promise<void>) | null };

/**
 * A file, sent as it is made, that no cache keeps, and of which nothing leaves before the audit has it. Who takes too many at a
 * time is told to come again.
 */
export async function download({ operator, request }: Taker, { chunks, name, type, record }: File): Promise<Response> {
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
  try {
    await record?.();
  } catch (error) {
    giveSeatBack();
    throw error;
  }
  return new Response(streamOf(chunks, giveSeatBack), { headers });
}

/** Text as it is made, at the pace at which it is read; hanging up ends the making. */
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
