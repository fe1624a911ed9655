import { findAccount, freshnessOf, peopleIn } from '../accounts/store.ts';
import type { Database } from '../db/database.ts';
import { Refusal } from '../failures.ts';
import type { UserFilter } from './filter.ts';
import type { UsersPage } from './page.ts';
import { pageOfUsers } from './store.ts';

/** One page of an account's people, with how fresh our copy is. Refuses an account that we do not know. */
export async function showUsers(db: Database, accountId: string, filter: UserFilter): Promise<UsersPage> {
  const [account, page, freshness, everyone] = await Promise.all([
    findAccount(db, accountId),
    pageOfUsers(db, accountId, filter),
    freshnessOf(db, accountId),
    peopleIn(db, accountId),
  ]);
  if (!account) throw new Refusal('unknown-account', 'No such account.');
  return { ...page, freshness, everyone };
}
