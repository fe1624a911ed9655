import type { Metadata } from 'next';
import { PriceForm } from '@/components/costs/price-form.tsx';
import { PriceTable } from '@/components/costs/price-table.tsx';
import { PageHeading } from '@/components/ui/heading.tsx';
import { SoftLink } from '@/components/ui/soft-link.tsx';
import { listAccounts } from '@/lib/accounts/store.ts';
import { costPath } from '@/lib/costs/address.ts';
import { listPrices } from '@/lib/costs/prices-store.ts';
import { deps } from '@/lib/deps.ts';
import { may } from '@/lib/operators/permissions.ts';
import { pricesPage as texts } from '@/lib/texts/costs.ts';
import { pageOperator } from '../../guard/pages.ts';
import { enterPrice, withdrawPrice } from './actions.ts';

export const generateMetadata = (): Metadata => ({ title: texts.title });

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** Prices are of no account: `account` in the address is only the way back. */
export default async function PricesPage({ searchParams }: Props) {
  const operator = await pageOperator('/accounts/prices');
  const { db } = deps();
  const [{ account: left }, accounts, prices] = await Promise.all([
    searchParams,
    listAccounts(db, operator.accounts),
    listPrices(db),
  ]);
  const account = accounts.find(({ id }) => id === left);
  const mayEnter = may(operator, 'prices:enter');
  return (
    <>
      <SoftLink href={costPath(account?.id ?? null)} className="text-act text-small">
        {account ? texts.back(account.name) : texts.backToAll}
      </SoftLink>
      <PageHeading className="mt-1">{texts.title}</PageHeading>
      <p className="mt-1 max-w-[68ch] text-quiet">{mayEnter ? texts.lead : texts.viewerLead}</p>
      {mayEnter ? (
        <PriceForm initial={prices} enterPrice={enterPrice} withdrawPrice={withdrawPrice} />
      ) : (
        <div className="mt-5">
          {prices.length > 0 ? (
            <PriceTable prices={prices} onWithdraw={null} />
          ) : (
            <p className="text-quiet">{texts.none}</p>
          )}
        </div>
      )}
    </>
  );
}
