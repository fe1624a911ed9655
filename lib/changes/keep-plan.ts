import { appendEntries } from '../audit/append-entries.ts';
import type { Deps } from '../chime/deps.ts';
import { dealWithFailedEnding } from '../endings/store.ts';
import { tell } from '../events/tell.ts';
import { Refusal } from '../failures.ts';
import { findUser } from '../users/store.ts';
import { nameOf } from '../users/user.ts';
import { conflictOf } from './conflict-refusal-store.ts';
import type { Requester } from './intent-store.ts';
import { dealWithArrival } from './late/store.ts';

/**
 * Notes that an operator has seen that a plan did not end as planned, or that an earlier attempt arrived late, and leaves the
 * person's plan as it is. Where there was nothing to deal with, nothing happens. Refuses with `conflict` where the plan is not
 * the one that the operator saw.
 */
export async function keepPlan(
  { db }: Pick<Deps, 'db'>,
  { accountId, userId, license }: { accountId: string; userId: string; license: string },
  by: Requester,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const user = await findUser(trx, accountId, userId);
    if (!user) throw new Refusal('unknown-user', 'No such person in this account.');
    if (user.license !== license) {
      throw await conflictOf(trx, { accountId, userId }, user.license);
    }
    const hadEnding = await dealWithFailedEnding(trx, accountId, userId);
    const hadArrival = await dealWithArrival(trx, accountId, userId);
    if (!hadEnding && !hadArrival) return;
    await tell(trx, { kind: 'changed', accountId, userIds: [userId] });
    await appendEntries(trx, [
      {
        action: 'keep',
        outcome: 'applied',
        accountId,
        userId,
        userName: nameOf(user),
        userEmail: user.email,
        from: license,
        to: license,
        operatorId: by.operatorId,
        operatorName: by.operatorName,
        operatorRole: by.operatorRole,
        requestId: by.requestId,
      },
    ]);
  });
}
