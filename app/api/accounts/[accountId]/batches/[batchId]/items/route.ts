import { z } from 'zod';
import { answer, operatorRoute } from '@/app/guard/routes.ts';
import { parts, traits } from '@/lib/batches/batch.ts';
import { pageOfItems } from '@/lib/batches/items-store.ts';
import { findVisibleBatch } from '@/lib/batches/show-batch.ts';
import { deps } from '@/lib/deps.ts';
import { failureCodes, Refusal } from '@/lib/failures.ts';
import { chimeId } from '@/lib/id.ts';
import { longestSearch } from '@/lib/search/filter.ts';

const shape = z.object({
  accountId: chimeId,
  batchId: z.uuid(),
  part: z.enum(parts).optional(),
  state: z.enum(['left', 'changed', 'failed']).optional(),
  code: z.enum(failureCodes).optional(),
  trait: z.enum(traits).optional(),
  search: z
    .string()
    .max(longestSearch)
    .transform((text) => text.toWellFormed().replaceAll('\0', ''))
    .optional(),
  after: z.coerce.number().int().min(0).max(2_000_000_000).default(0),
});

export const GET = operatorRoute(
  'batches:view',
  shape,
  async ({ accountId, batchId, after, ...filter }, { operator }) => {
    const { db } = deps();
    const batch = await findVisibleBatch(db, accountId, batchId, operator.id);
    if (!batch) throw new Refusal('not-found', 'No such batch.');
    return answer(await pageOfItems(db, batch.id, filter, after));
  },
);
