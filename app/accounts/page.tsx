import type { Metadata } from 'next';
import { Accounts } from '@/components/accounts/accounts.tsx';
import { NoAccountsPage } from '@/components/shell/missing-page.tsx';
import { showAccounts } from '@/lib/counts/show-accounts.ts';
import { reading } from '@/lib/deps.ts';
import { may } from '@/lib/operators/permissions.ts';
import { accountsPage } from '@/lib/texts/licenses.ts';
import { trendPath } from '@/lib/trend/address.ts';
import { pageOperator } from '../guard/pages.ts';

export const generateMetadata = (): Metadata => ({ title: accountsPage.title });

export default async function AccountsPage() {
  const operator = await pageOperator('/accounts');
  const overview = await reading(({ db }) => showAccounts(db, operator.accounts));
  return overview.accounts.length === 0 ? (
    <NoAccountsPage />
  ) : (
    <Accounts drawn={overview} mayApprove={may(operator, 'batches:run')} trend={trendPath(null)} />
  );
}
