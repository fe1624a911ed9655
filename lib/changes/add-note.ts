import { recordEntry } from '../audit/store.ts';
import type { Deps } from '../chime/deps.ts';
import { Refusal } from '../failures.ts';
import { findUser } from '../users/store.ts';
import { nameOf } from '../users/user.ts';
import type { Requester } from './intent-store.ts';
import { findNotable } from './store.ts';

/** What a note is about: a change of the operator's own, or, without one, a person. */
export type NewNote = { accountId: string; userId: string; changeId?: string | undefined; note: string };

/**
 * Adds a note to the audit: an entry of its own, as none is ever edited. Refuses with `invalid` a change that is not the
 * operator's own change of this person, and with `unknown-user` somebody who is not in the account.
 */
export async function addNote(
  { db }: Deps,
  { accountId, userId, changeId, note }: NewNote,
  by: Requester,
): Promise<void> {
  const change = changeId ? await findNotable(db, accountId, changeId, by.operatorId) : undefined;
  if (changeId && change?.userId !== userId) throw new Refusal('invalid', 'There is no such change of yours.');
  const user = await findUser(db, accountId, userId);
  if (!user && !change) throw new Refusal('unknown-user', 'No such person in this account.');
  await recordEntry(db, {
    action: 'note',
    operator: { id: by.operatorId, name: by.operatorName, role: by.operatorRole },
    requestId: by.requestId,
    accountId,
    userId,
    userName: user ? nameOf(user) : userId,
    userEmail: user?.email ?? null,
    from: change?.from ?? null,
    to: change?.to,
    why: note,
    changeId,
  });
}
