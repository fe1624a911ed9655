import { z } from 'zod';
import { answer, operatorRoute } from '@/app/guard.ts';
import { showBatches } from '@/lib/batches/show-batch.ts';
import { deps } from '@/lib/deps.ts';
import { chimeId } from '@/lib/id.ts';

export const GET = operatorRoute(
  'batches:view',
  z.object({ accountId: chimeId, before: z.uuid().optional() }),
  async ({ accountId, before }, { operator }) => answer(await showBatches(deps().db, accountId, operator.id, before)),
);
