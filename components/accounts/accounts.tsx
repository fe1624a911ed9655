'use client';

import type { AccountsOverview } from '@/lib/counts/overview.ts';
import * as texts from '@/lib/texts/licenses.ts';
import { useWaitingElsewhere } from '../batches/use-waiting.ts';
import { NotReadAgain } from '../licenses/not-read-again.tsx';
import { useKeptFresh } from '../live/use-kept-fresh.ts';
import { useNowAndThen } from '../live/use-now-and-then.ts';
import { PageHeading } from '../ui/heading.tsx';
import { SoftLink } from '../ui/soft-link.tsx';
import { AccountsTable } from './accounts-table.tsx';

type AccountsProps = {
  drawn: AccountsOverview;
  mayApprove: boolean;
  /** Where the trend of all accounts is. */
  trend: string;
};

/** All accounts: who has how many people on which plan. */
export function Accounts({ drawn, mayApprove, trend }: AccountsProps) {
  const waiting = useWaitingElsewhere(undefined, mayApprove);
  const { data, isFailed, refetch } = useKeptFresh('/api/accounts', drawn);
  useNowAndThen(refetch);
  return (
    <>
      <PageHeading>{texts.accountsPage.title}</PageHeading>
      <p className="mt-1">
        <SoftLink href={trend} className="text-act">
          {texts.accountsPage.trend}
        </SoftLink>
      </p>
      {isFailed && <NotReadAgain retry={refetch} />}
      <AccountsTable {...data} waiting={waiting} />
      <p className="mt-6 max-w-[72ch] text-small text-quiet">{texts.licensesPage.notABill}</p>
    </>
  );
}
