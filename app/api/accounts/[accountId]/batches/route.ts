import { z } from 'zod';
import { answer, operatorRoute } from '@/app/guard/routes.ts';
import { showBatches } from '@/lib/batches/show-batches.ts';
import { deps } from '@/lib/deps.ts';
import { chimeId } from '@/lib/id.ts';
import { may } from '@/lib/operators/permissions.ts';

const shape = z.object({ accountId: chimeId, before: z.uuid().optional(), previews: z.literal('1').optional() });

export const GET = operatorRoute('batches:view', shape, async ({ accountId, before, previews }, { operator }) => {
  const viewer = { id: operator.id, mayApprove: may(operator, 'batches:run') };
  return answer(await showBatches(deps().db, accountId, viewer, { before, withPreviews: previews !== undefined }));
});
