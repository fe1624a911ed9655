import { viewOf } from '../accounts/account.ts';
import { findAccount, freshnessOf } from '../accounts/store.ts';
import type { Deps } from '../chime/deps.ts';
import { cellsOf } from '../search/cells/cells-store.ts';
import { type LicensesView, licenseTable } from './table.ts';

/** An account's licenses, counted; undefined where we know no such account. */
export async function showLicenses({ db, chime }: Deps, accountId: string): Promise<LicensesView | undefined> {
  const [account, freshness, cells] = await Promise.all([
    findAccount({ db, chime }, accountId),
    freshnessOf(db, accountId),
    cellsOf(db, accountId),
  ]);
  return account && { account: viewOf(account), freshness, table: licenseTable(cells, account.supportedLicenses) };
}
