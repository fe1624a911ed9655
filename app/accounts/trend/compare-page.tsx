import { notFound, redirect } from 'next/navigation';
import { Compare } from '@/components/trend/compare/compare.tsx';
import type { Operator } from '@/lib/auth/store.ts';
import { deps, reading } from '@/lib/deps.ts';
import { comparePath } from '@/lib/trend/address.ts';
import { dayOf } from '@/lib/trend/calendar.ts';
import { showComparison } from '@/lib/trend/comparison/show-comparison.ts';
import { daysAsked, daysOf } from '@/lib/trend/days.ts';
import { findWhose } from '@/lib/trend/find-whose.ts';
import type { SearchParams } from './asked-params.ts';

type ComparePageOf = { accountId: string | null; operator: Operator; searchParams: SearchParams };

/** Two days of one account compared, or of all accounts of an operator; without days, those of this month. */
export async function ComparePageOf({ accountId, operator, searchParams }: ComparePageOf) {
  const { settings } = deps();
  const asked = daysAsked(await searchParams);
  if (asked.from === null && asked.to === null) {
    redirect(comparePath(accountId, daysOf('this-month', dayOf(new Date(), settings.REPORT_ZONE))));
  }
  const whose = (await findWhose(deps(), accountId, operator.accounts)) ?? notFound();
  const view = await reading(({ db }) => showComparison(db, whose, asked, settings.REPORT_ZONE));
  const address = comparePath(accountId, asked);
  return <Compare key={address} drawn={view} link={new URL(address, settings.PUBLIC_URL).href} />;
}
