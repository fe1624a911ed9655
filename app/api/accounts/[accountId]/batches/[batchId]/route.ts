import { z } from 'zod';
import { answer, operatorRoute } from '@/app/guard/routes.ts';
import { reportOnBatch } from '@/lib/batches/show-batch.ts';
import { deps } from '@/lib/deps.ts';
import { Refusal } from '@/lib/failures.ts';
import { chimeId } from '@/lib/id.ts';

const shape = z.object({ accountId: chimeId, batchId: z.uuid() });

export const GET = operatorRoute('batches:view', shape, async ({ accountId, batchId }, { operator }) => {
  const report = await reportOnBatch(deps(), accountId, batchId, operator, deps().settings.BATCH_LIMITS);
  if (!report) throw new Refusal('not-found', 'No such batch.');
  return answer(report);
});
