import { z } from 'zod';
import { answer, operatorRoute } from '@/app/guard.ts';
import { deps } from '@/lib/deps.ts';
import { readUser } from '@/lib/directory/read-user.ts';
import { Refusal } from '@/lib/failures.ts';
import { chimeId } from '@/lib/id.ts';
import { findUser } from '@/lib/users/store.ts';

/** Reads Chime itself, so that what the plan list shows, and a change is compared with, is a few seconds old at most. */
export const GET = operatorRoute(
  'users:view',
  z.object({ accountId: chimeId, userId: chimeId }),
  async ({ accountId, userId }) => {
    await readUser(deps(), accountId, userId, AbortSignal.timeout(10_000));
    const user = await findUser(deps().db, accountId, userId);
    if (!user) throw new Refusal('unknown-user', 'No such person in this account.');
    return answer({ user });
  },
);
