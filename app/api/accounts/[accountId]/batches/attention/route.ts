import { z } from 'zod';
import { answer, operatorRoute } from '@/app/guard/routes.ts';
import { showAttention } from '@/lib/batches/show-attention.ts';
import { deps } from '@/lib/deps.ts';
import { chimeId } from '@/lib/id.ts';
import { may } from '@/lib/operators/permissions.ts';

export const GET = operatorRoute(
  'batches:view',
  z.object({ accountId: chimeId }),
  async ({ accountId }, { operator }) =>
    answer(await showAttention(deps().db, accountId, { id: operator.id, mayApprove: may(operator, 'batches:run') })),
);
