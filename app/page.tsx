import { redirect } from 'next/navigation';
import { BareFrame } from '@/components/shell/bare-frame.tsx';
import { NoAccountsPage } from '@/components/shell/missing-page.tsx';
import { listAccounts } from '@/lib/accounts/store.ts';
import { findLastAccount } from '@/lib/auth/last-account-store.ts';
import { deps } from '@/lib/deps.ts';
import { pageOperator } from './guard/pages.ts';

/** Sends you to the people of the account you were at last, or of the first. */
export default async function Home() {
  const operator = await pageOperator('/');
  const { db } = deps();
  const [accounts, last] = await Promise.all([listAccounts(db, operator.accounts), findLastAccount(db, operator.id)]);
  const account = accounts.find(({ id }) => id === last) ?? accounts[0];
  if (account) redirect(`/accounts/${account.id}/users`);
  return (
    <BareFrame>
      <NoAccountsPage />
    </BareFrame>
  );
}
