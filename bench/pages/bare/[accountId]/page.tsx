import { pageOperator } from '@/app/guard/pages.ts';
import { deps } from '@/lib/deps.ts';
import { firstPage } from '@/lib/search/filter.ts';
import { showUsers } from '@/lib/search/show-users.ts';
import { BarePeople } from './bare-people.tsx';

/** The least that shows an account's people and lets a plan be chosen. */
export default async function Bare({ params }: { params: Promise<{ accountId: string }> }) {
  const { accountId } = await params;
  await pageOperator('/');
  const { users } = await showUsers(deps(), accountId, firstPage);
  return <BarePeople accountId={accountId} first={users} />;
}
