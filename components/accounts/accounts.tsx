import type { AccountsOverview } from '@/lib/accounts/overview.ts';
import * as texts from '@/lib/texts/licenses.ts';
import { RefreshNowAndThen } from '../live/refresh-now-and-then.tsx';
import { AccountsTable } from './accounts-table.tsx';

/** All accounts: who has how many people on which plan. */
export function Accounts({ overview }: { overview: AccountsOverview }) {
  return (
    <>
      <RefreshNowAndThen />
      <h1 className="text-[22px] leading-7 font-semibold tracking-[-0.015em]">{texts.accountsPage.title}</h1>
      <AccountsTable {...overview} />
      <p className="mt-6 max-w-[72ch] text-[13px] text-quiet">{texts.licensesPage.notABill}</p>
    </>
  );
}
