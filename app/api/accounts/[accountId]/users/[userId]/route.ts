import { z } from 'zod';
import { answer, operatorRoute } from '@/app/guard/routes.ts';
import { deps } from '@/lib/deps.ts';
import { chimeId } from '@/lib/id.ts';
import { lookAtUser } from '@/lib/mirror/look-at-user.ts';

/** Reads Chime itself, so that what the plan list shows, and a change is compared with, is a few seconds old at most. */
export const GET = operatorRoute(
  'users:view',
  z.object({ accountId: chimeId, userId: chimeId }),
  async ({ accountId, userId }, { operator }) => {
    const who = { accountId, userId, operatorId: operator.id };
    return answer({ user: await lookAtUser(deps(), who) });
  },
);
