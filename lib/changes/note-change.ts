import { recordEntry } from '../audit/store.ts';
import type { Deps } from '../deps.ts';
import { Refusal } from '../failures.ts';
import { findUser } from '../users/store.ts';
import { nameOf } from '../users/user.ts';
import { findNotable, type Requester } from './store.ts';

/** Adds the reason of an operator's own change to the audit, after the fact: an entry of its own, as none is ever edited. */
export async function noteChange(
  { db }: Deps,
  accountId: string,
  changeId: string,
  note: string,
  by: Requester,
): Promise<void> {
  const change = await findNotable(db, accountId, changeId, by.operatorId);
  if (!change) throw new Refusal('invalid', 'There is no such change of yours.');
  const user = await findUser(db, accountId, change.userId);
  await recordEntry(db, {
    action: 'note',
    operator: { id: by.operatorId, name: by.operatorName, role: by.operatorRole },
    requestId: by.requestId,
    accountId,
    userId: change.userId,
    userName: user ? nameOf(user) : change.userId,
    userEmail: user?.email ?? null,
    from: change.from,
    to: change.to,
    why: note,
    changeId,
  });
}
