import { z } from 'zod';
import { download } from '@/app/download.ts';
import { operatorRoute } from '@/app/guard/routes.ts';
import { findAccount } from '@/lib/accounts/store.ts';
import { recordExport } from '@/lib/audit/record-export.ts';
import { countItems } from '@/lib/batches/items-store.ts';
import { findVisibleBatch } from '@/lib/batches/show-batch.ts';
import { deps, readingDeps } from '@/lib/deps.ts';
import { batchExportName, exportBatch } from '@/lib/exports/export-batch.ts';
import { Refusal } from '@/lib/failures.ts';
import { chimeId } from '@/lib/id.ts';

const shape = z.object({ accountId: chimeId, batchId: z.uuid() });

export const GET = operatorRoute('batches:view', shape, async ({ accountId, batchId }, caller) => {
  const { db } = deps();
  const batch = await findVisibleBatch(db, accountId, batchId, caller.operator.id);
  if (!batch) throw new Refusal('not-found', 'No such batch.');
  const accountName = (await findAccount(deps(), accountId))?.name ?? accountId;
  const from = await readingDeps();
  return download(caller, {
    chunks: exportBatch(from.db, batch.id, accountName),
    name: batchExportName(accountName, batch),
    type: 'text/csv',
    record: async () =>
      recordExport(db, caller, {
        what: 'batch',
        accountId,
        batchId: batch.id,
        filter: '',
        rows: await countItems(from.db, batch.id),
      }),
  });
});
