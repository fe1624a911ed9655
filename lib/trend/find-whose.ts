import type { Scope } from '../accounts/scope.ts';
import { findAccount, listAccounts } from '../accounts/store.ts';
import type { Executor } from '../db/database.ts';
import type { Whose } from './view.ts';

/** Whose counts are meant: of one account, or of all in a scope. Undefined where Carillon manages no such account. */
export async function findWhose(
  deps: { db: Executor; chime: { accounts: Scope } },
  accountId: string | null,
  scope: Scope,
): Promise<Whose | undefined> {
  if (accountId === null) {
    const accounts = await listAccounts(deps.db, scope);
    return { account: null, accounts: accounts.map(({ id, name }) => ({ id, name })) };
  }
  const account = await findAccount(deps, accountId);
  if (!account) return undefined;
  const named = { id: account.id, name: account.name };
  return { account: named, accounts: [named] };
}
