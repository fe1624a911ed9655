import * as texts from '@/lib/texts/trend/trend.ts';
import { type TrendAsked, trendPath } from '@/lib/trend/address.ts';
import { AccountDot } from '../accounts/account-dot.tsx';
import { SoftLink } from '../ui/soft-link.tsx';

type AccountTrendsProps = { accounts: { id: string; name: string }[]; asked: TrendAsked };

/** The way from all accounts to the same of each. */
export function AccountTrends({ accounts, asked }: AccountTrendsProps) {
  return (
    <section className="mt-8 print:hidden">
      <h2 className="text-large font-semibold">{texts.trendPage.accounts}</h2>
      <ul className="mt-2 flex flex-wrap gap-x-8 gap-y-1">
        {accounts.map(({ id, name }) => (
          <li key={id} className="flex items-baseline gap-2.5">
            <AccountDot id={id} />
            <SoftLink href={trendPath(id, asked)} className="text-act break-words">
              {name}
            </SoftLink>
          </li>
        ))}
      </ul>
    </section>
  );
}
