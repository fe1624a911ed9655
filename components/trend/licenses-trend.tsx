import type { ReactNode } from 'react';
import * as texts from '@/lib/texts/trend/trend.ts';
import { comparePath, trendPath } from '@/lib/trend/address.ts';
import { exampleShown, type TrendShown, type TrendView } from '@/lib/trend/summary.ts';
import type { CountNow } from '@/lib/trend/trend.ts';
import { SoftLink } from '../ui/soft-link.tsx';
import { SmallChart } from './chart/small-chart.tsx';

const { countNow, trendPage } = texts;

type LicensesTrendProps = {
  accountId: string;
  view: TrendView;
  /** What the numbers can cost. */
  children: ReactNode;
};

/** How the numbers of the licenses page came about, and the way to all of it. */
export function LicensesTrend({ accountId, view, children }: LicensesTrendProps) {
  return (
    <div className="mt-6 mb-8">
      {view.problem === null && <Sentences view={view} />}
      <p className="mt-1 flex flex-wrap gap-x-5">
        <SoftLink href={trendPath(accountId)} className="text-act">
          {countNow.trend}
        </SoftLink>
        <SoftLink href={comparePath(accountId)} className="text-act">
          {countNow.compare}
        </SoftLink>
      </p>
      {children}
    </div>
  );
}

function Sentences({ view: { series, summaries } }: { view: TrendShown }) {
  const [summary] = summaries;
  const example = exampleShown(series);
  return (
    <>
      {summary && <p className="max-w-[72ch] text-large">{texts.summarySentence(summary, series.zone)}</p>}
      {example !== null && (
        <p className="max-w-[72ch] text-small text-quiet">{trendPage.exampleHelp(example, series.zone)}</p>
      )}
    </>
  );
}

const sinces = ['sinceYesterday', 'since7Days', 'since30Days'] as const;

/** What stands below the number of each license: its line of 30 days, and how many more or fewer that is. */
export function countTrends(counts: CountNow[], view: TrendView): Record<string, ReactNode> {
  return Object.fromEntries(
    counts.map((count) => [count.license, <CountTrend key={count.license} count={count} view={view} />]),
  );
}

function CountTrend({ count, view }: { count: CountNow; view: TrendView }) {
  const { license } = count;
  const series = view.problem === null ? view.series : null;
  const summary = view.problem === null ? view.summaries.find((one) => one.license === license) : undefined;
  return (
    <dd className="order-3">
      {series && summary && (
        <div className="mt-2 me-2 mb-2.5">
          <SmallChart
            series={series}
            license={license}
            name={countNow.chart(license, texts.wentSentence(summary, series.zone))}
          />
        </div>
      )}
      <ul className="flex flex-wrap gap-x-4 text-small">
        {sinces.map((since) => (
          <li key={since} className="whitespace-nowrap">
            <span className={count[since] === null ? 'text-faint' : 'font-semibold'}>
              {countNow.value(count[since])}
            </span>{' '}
            <span className="text-quiet">{countNow.since[since]}</span>
          </li>
        ))}
      </ul>
    </dd>
  );
}
