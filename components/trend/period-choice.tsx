import * as texts from '@/lib/texts/trend/trend.ts';
import { periodKeys, type TrendAsked, trendPath } from '@/lib/trend/address.ts';
import { buttonLook } from '../ui/button.tsx';
import { Choices } from '../ui/choices.tsx';

const { trendPage } = texts;

type PeriodChoiceProps = {
  accountId: string | null;
  asked: TrendAsked;
  /** The days that are shown now. */
  from: string;
  to: string;
};

const field = 'h-8.5 rounded-lg border border-line-strong bg-sheet px-2 pointer-coarse:h-11';

/** Which time a trend is of: one of the usual periods, or from one day to another. */
export function PeriodChoice({ accountId, asked, from, to }: PeriodChoiceProps) {
  return (
    <>
      <Choices
        label={trendPage.period}
        choices={periodKeys.map((period) => ({
          name: trendPage.periods[period],
          href: trendPath(accountId, { ...asked, period }),
          isCurrent: asked.period === period,
        }))}
      />
      <form action={trendPath(accountId)} className="flex flex-wrap items-center gap-2">
        {asked.plan !== null && <input type="hidden" name="plan" value={asked.plan} />}
        {asked.asTable && <input type="hidden" name="view" value="table" />}
        <label className="flex items-center gap-1.5 text-quiet">
          {trendPage.from}
          <input key={from} type="date" name="from" required defaultValue={from} className={field} />
        </label>
        <label className="flex items-center gap-1.5 text-quiet">
          {trendPage.to}
          <input key={to} type="date" name="to" required defaultValue={to} className={field} />
        </label>
        <button type="submit" className={buttonLook.plain}>
          {trendPage.show}
        </button>
      </form>
    </>
  );
}
