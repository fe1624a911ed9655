import type { Scope } from '../auth/access.ts';
import type { Database } from '../db/database.ts';
import { cellsOfAllAccounts } from '../users/counts-store.ts';
import { type AccountsOverview, overviewOf } from './overview.ts';
import { freshnessOfAll, listAccounts } from './store.ts';

/** Every account in a scope that Carillon looks after, with how many people have which plan. */
export async function showAccounts(db: Database, scope: Scope): Promise<AccountsOverview> {
  const [accounts, cells, freshness] = await Promise.all([
    listAccounts(db, scope),
    cellsOfAllAccounts(db),
    freshnessOfAll(db),
  ]);
  return overviewOf(accounts, cells, freshness);
}
