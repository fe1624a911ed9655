import type { Scope } from '../accounts/scope.ts';
import { freshnessOfAll, listAccounts } from '../accounts/store.ts';
import type { Database } from '../db/database.ts';
import { cellsOfAccounts } from '../search/cells/cells-store.ts';
import { type AccountsOverview, overviewOf } from './overview.ts';

/** Every account in a scope that Carillon looks after, with how many people have which plan. */
export async function showAccounts(db: Database, scope: Scope): Promise<AccountsOverview> {
  const [accounts, cells, freshness] = await Promise.all([
    listAccounts(db, scope),
    cellsOfAccounts(db, scope),
    freshnessOfAll(db, scope),
  ]);
  return overviewOf(accounts, cells, freshness);
}
