import { notFound } from 'next/navigation';
import { Cost } from '@/components/costs/cost.tsx';
import { ValuesFile } from '@/components/files/values-file.tsx';
import type { Operator } from '@/lib/auth/store.ts';
import { activityPath, monthAsked } from '@/lib/costs/address.ts';
import { listPrices } from '@/lib/costs/prices-store.ts';
import { showCost } from '@/lib/costs/show-cost.ts';
import { deps, reading } from '@/lib/deps.ts';
import { may } from '@/lib/operators/permissions.ts';
import { activityForm } from '@/lib/texts/costs.ts';
import { findWhose } from '@/lib/trend/find-whose.ts';
import { drawAgain } from './actions.ts';
import type { SearchParams } from './asked-params.ts';

type CostPageOf = { accountId: string | null; operator: Operator; searchParams: SearchParams };

/** What Pro can cost in a month, in one account or in all accounts of an operator. */
export async function CostPageOf({ accountId, operator, searchParams }: CostPageOf) {
  const { settings } = deps();
  const whose = (await findWhose(deps(), accountId, operator.accounts)) ?? notFound();
  const month = monthAsked(await searchParams);
  const [view, prices] = await reading(({ db }) =>
    Promise.all([showCost(db, whose, month, settings.REPORT_ZONE), listPrices(db)]),
  );
  const hasPrices = prices.some(({ withdrawn }) => withdrawn === null);
  const mayKeep = hasPrices && may(operator, 'files:keep') && !('problem' in view.answer);
  return (
    <Cost view={view} hasPrices={hasPrices} mayEnter={may(operator, 'prices:enter')} drawAgain={drawAgain}>
      {mayKeep && accountId !== null && (
        <ValuesFile
          key={view.month}
          address={activityPath(accountId, view.month)}
          use="activity"
          title={activityForm.title(view.month)}
          help={activityForm.help}
          drawAgain={drawAgain}
        />
      )}
    </Cost>
  );
}
