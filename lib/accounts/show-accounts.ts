import { cellsOfAccounts } from '../counts/counts-store.ts';
import type { Database } from '../db/database.ts';
import { type AccountsOverview, overviewOf } from './overview.ts';
import type { Scope } from './scope.ts';
import { freshnessOfAll, listAccounts } from './store.ts';

/** Every account in a scope that Carillon looks after, with how many people have which plan. */
export async function showAccounts(db: Database, scope: Scope): Promise<AccountsOverview> {
  const [accounts, cells, freshness] = await Promise.all([
    listAccounts(db, scope),
    cellsOfAccounts(db, scope),
    freshnessOfAll(db, scope),
  ]);
  return overviewOf(accounts, cells, freshness);
}
