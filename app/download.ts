import { attachment } from '@/lib/users/export-name.ts';

/** A file of that name, sent as it is made, that no cache keeps. */
export function download(chunks: AsyncGenerator<string>, name: string, type: string): Response {
  return new Response(streamOf(chunks), {
    headers: {
      'content-type': `${type}; charset=utf-8`,
      'content-disposition': attachment(name),
      'cache-control': 'no-store',
    },
  });
}

/** Text as it is made, at the pace of whoever reads it; who hangs up ends the making. */
function streamOf(chunks: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await chunks.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await chunks.return(undefined);
    },
  });
}
