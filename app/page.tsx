import { redirect } from 'next/navigation';
import { NoAccountsPage } from '@/components/shell/missing-page.tsx';
import { listAccounts } from '@/lib/accounts/store.ts';
import { deps } from '@/lib/deps.ts';
import { pageOperator } from './guard.ts';

/** Sends you to the people of the first account. */
export default async function Home() {
  const operator = await pageOperator('/');
  const [first] = await listAccounts(deps().db, operator.accounts);
  return first ? redirect(`/accounts/${first.id}/users`) : <NoAccountsPage />;
}
