import { z } from 'zod';
import { operatorRoute } from '@/app/guard.ts';
import { deps } from '@/lib/deps.ts';
import { chimeId } from '@/lib/id.ts';
import { exportUsers } from '@/lib/users/export-users.ts';
import { filterFromParams } from '@/lib/users/filter.ts';

const shape = z.object({ accountId: chimeId }).catchall(z.string());

export const GET = operatorRoute('users:view', shape, async ({ accountId, ...query }) => {
  const rows = exportUsers(deps().db, accountId, filterFromParams(new Map(Object.entries(query))));
  return new Response(streamOf(rows), {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="people.csv"',
      'cache-control': 'no-store',
    },
  });
});

/** Text as it is made, at the pace of whoever reads it. */
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
