import { z } from 'zod';
import { operatorRoute } from '@/app/guard.ts';
import { findAccount } from '@/lib/accounts/store.ts';
import { deps } from '@/lib/deps.ts';
import { chimeId } from '@/lib/id.ts';
import { attachment, exportName } from '@/lib/users/export-name.ts';
import { exportUsers } from '@/lib/users/export-users.ts';
import { filterFromParams } from '@/lib/users/filter.ts';

const shape = z.object({ accountId: chimeId }).catchall(z.string());

export const GET = operatorRoute('users:view', shape, async ({ accountId, ...query }) => {
  const { db } = deps();
  const filter = filterFromParams(new Map(Object.entries(query)));
  const account = await findAccount(db, accountId);
  const name = exportName(account?.name ?? accountId, filter, new Date().toISOString().slice(0, 10));
  return new Response(streamOf(exportUsers(db, accountId, filter)), {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': attachment(name),
      'cache-control': 'no-store',
    },
  });
});

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
