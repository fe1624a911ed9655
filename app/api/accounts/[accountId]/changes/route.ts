import { z } from 'zod';
import { answer, operatorRoute } from '@/app/guard/routes.ts';
import { outcomesOf } from '@/lib/changes/outcomes-store.ts';
import { deps } from '@/lib/deps.ts';
import { chimeId } from '@/lib/id.ts';

/** The most changes one page follows at a time. */
const maxIds = 200;

const shape = z.object({
  accountId: chimeId,
  ids: z
    .string()
    .transform((list) => list.split(','))
    .pipe(z.array(z.uuid()).max(maxIds)),
});

export const GET = operatorRoute('users:view', shape, async ({ accountId, ids }) =>
  answer({ changes: await outcomesOf(deps().db, accountId, ids) }),
);
