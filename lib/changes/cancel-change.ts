import { appendEntries } from '../audit/append-entries.ts';
import type { Deps } from '../chime/deps.ts';
import { Refusal } from '../failures.ts';
import { findUser } from '../users/store.ts';
import { nameOf } from '../users/user.ts';
import type { Outcome } from './change.ts';
import type { Requester } from './intent-store.ts';
import { outcomesOf } from './outcomes-store.ts';
import { holdChange, requestCancel } from './store.ts';

/**
 * Asks for a change to be given up before its next try, which the audit records with its operator; the answer is where it stands now,
 * which may still be `pending`. One that is not pending any more, or has been called off already, stays as it is. Refuses somebody
 * else's change to all but admins.
 */
export async function cancelChange({ db }: Deps, accountId: string, changeId: string, by: Requester): Promise<Outcome> {
  await db.transaction().execute(async (trx) => {
    const change = await holdChange(trx, accountId, changeId);
    if (!change) throw new Refusal('invalid', 'There is no such change.');
    if (change.operator_id !== by.operatorId && by.operatorRole !== 'admin') {
      throw new Refusal('not-allowed', `${change.operator_name} made this change: they or an admin can cancel it.`);
    }
    if (change.state !== 'pending' || change.cancel_requested) return;
    await requestCancel(trx, changeId);
    const user = await findUser(trx, accountId, change.user_id);
    await appendEntries(trx, [
      {
        action: 'cancel',
        outcome: 'applied',
        operatorId: by.operatorId,
        operatorName: by.operatorName,
        operatorRole: by.operatorRole,
        requestId: by.requestId,
        accountId,
        userId: change.user_id,
        userName: user ? nameOf(user) : change.user_id,
        userEmail: user?.email,
        from: change.from_license,
        to: change.to_license,
        changeId,
        batchId: change.batch_id,
      },
    ]);
  });
  return outcomeOf({ db }, accountId, changeId);
}

/** Where one change stands. Refuses when the account has no such change. */
export async function outcomeOf({ db }: Pick<Deps, 'db'>, accountId: string, changeId: string): Promise<Outcome> {
  const [outcome] = await outcomesOf(db, accountId, [changeId]);
  if (!outcome) throw new Refusal('invalid', 'There is no such change.');
  return outcome;
}
