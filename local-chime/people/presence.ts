import { refuse } from '../errors.ts';
import type { Store } from '../store.ts';
import type { ChimeAccount } from './account.ts';
import type { ChimeUser } from './user.ts';

/** The account, or NotFoundException. */
export function accountIn(store: Store, accountId: string): ChimeAccount {
  return store.account(accountId) ?? refuse('NotFoundException', `No account ${accountId}`);
}

/** The user, or NotFoundException. */
export function userIn(store: Store, accountId: string, userId: string): ChimeUser {
  return store.user(accountId, userId) ?? refuse('NotFoundException', `No user ${userId} in account ${accountId}`);
}
