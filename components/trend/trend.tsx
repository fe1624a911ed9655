import type { ReactNode } from 'react';
import * as texts from '@/lib/texts/trend/trend.ts';
import { comparePath, departmentsPath, type TrendAsked, trendExportPath, trendPath } from '@/lib/trend/address.ts';
import { knownLater, type TrendShown, type TrendView } from '@/lib/trend/summary.ts';
import type { DrawAgain } from '../live/use-draw-again.ts';
import { Card } from '../ui/card.tsx';
import { Choices } from '../ui/choices.tsx';
import { PageHeading, PrintedAccount } from '../ui/heading.tsx';
import { SoftLink } from '../ui/soft-link.tsx';
import { Chart } from './chart/chart.tsx';
import { Key } from './chart/key.tsx';
import { KeptDrawn } from './kept-drawn.tsx';
import { Notes } from './notes.tsx';
import { PeriodChoice } from './period-choice.tsx';
import { PeriodProblem } from './period-problem.tsx';
import { StepList } from './step-list.tsx';
import { TrendTable } from './trend-table.tsx';

const { trendPage } = texts;

export type TrendProps = {
  /** Null: all of the accounts together. */
  account: { id: string; name: string } | null;
  accounts: { id: string; name: string }[];
  asked: TrendAsked;
  view: TrendView;
  /** The reporting zone. */
  zone: string;
  drawAgain: DrawAgain;
  /** What stands below: what the numbers can cost, the questions, or the accounts. */
  children: ReactNode;
};

const sentenceId = 'went';

/** How many people had which plan over time: a sentence, then a chart or a table of the same numbers. */
export function Trend({ account, accounts, asked, view, zone, drawAgain, children }: TrendProps) {
  const accountId = account?.id ?? null;
  return (
    <>
      <PageHeading>{account ? trendPage.title : trendPage.allTitle}</PageHeading>
      {account && <PrintedAccount name={account.name} />}
      <KeptDrawn accountId={accountId} drawAgain={drawAgain} />
      {view.problem === null && <Sentences view={view} />}
      <div className="mt-5 flex flex-wrap items-center gap-x-5 gap-y-3 print:hidden">
        <PeriodChoice accountId={accountId} asked={asked} {...daysOf(asked, view)} />
        {view.problem === null && view.chosen !== null && (
          <div className="flex flex-wrap items-center gap-x-5 gap-y-2">
            <Choices
              label={trendPage.showAs}
              choices={[
                {
                  name: trendPage.chart,
                  href: trendPath(accountId, { ...asked, asTable: false }),
                  isCurrent: !asked.asTable,
                },
                {
                  name: trendPage.table,
                  href: trendPath(accountId, { ...asked, asTable: true }),
                  isCurrent: asked.asTable,
                },
              ]}
            />
            <a href={trendExportPath(accountId, asked)} download className="text-act">
              {trendPage.csv}
            </a>
            <SoftLink href={comparePath(accountId, daysOf(asked, view))} className="text-act">
              {trendPage.compare}
            </SoftLink>
            {accountId !== null && (
              <SoftLink href={departmentsPath(accountId)} className="text-act">
                {trendPage.departments}
              </SoftLink>
            )}
          </div>
        )}
      </div>
      {view.problem === null ? (
        <Shown account={account} accounts={accounts} asked={asked} view={view} />
      ) : (
        <PeriodProblem problem={view.problem} accountId={accountId} zone={zone} />
      )}
      {children}
    </>
  );
}

function Sentences({ view: { summaries, series, period } }: { view: TrendShown }) {
  const [first, ...others] = summaries;
  if (!first) return null;
  return (
    <div id={sentenceId} className="mt-2">
      <p className="max-w-[72ch] text-heading leading-6.5">{texts.summarySentence(first, series.zone)}</p>
      {series.known.length > 1 && knownLater(series, period).length > 0 && (
        <p className="mt-1 text-wait">{trendPage.someLater}</p>
      )}
      {others.length > 0 && (
        <p className="mt-1 max-w-[90ch] text-quiet">
          {others.map((summary) => texts.wentSentence(summary, series.zone)).join(' ')}
        </p>
      )}
    </div>
  );
}

/** The days of what is shown, or those that were asked for. */
function daysOf({ period }: TrendAsked, view: TrendView): { from: string; to: string } {
  if (typeof period === 'object' && 'from' in period && period.from) {
    return { from: period.from, to: period.to ?? lastDay(view) };
  }
  return { from: (view.problem === null && view.series.points[0]?.day) || '', to: lastDay(view) };
}

const lastDay = (view: TrendView) => (view.problem === null && view.series.points.at(-1)?.day) || '';

type ShownProps = Omit<TrendProps, 'view' | 'zone' | 'drawAgain' | 'children'> & { view: TrendShown };

function Shown({ account, accounts, asked, view }: ShownProps) {
  const { series, licenses, chosen } = view;
  const { zone, asOf, pointIs } = series;
  const accountId = account?.id ?? null;
  const nameOf = (id: string) => accounts.find((one) => one.id === id)?.name ?? id;
  const notes = <Notes view={view} wantedPlan={asked.plan} nameOf={nameOf} isOfOne={account !== null} />;
  if (chosen === null) return notes ?? <p className="mt-3 text-quiet">{trendPage.nothingYet}</p>;
  return (
    <>
      {asked.asTable ? (
        <div className="mt-5">
          <TrendTable account={account} series={series} licenses={licenses} />
        </div>
      ) : (
        <Card className="mt-5 grid gap-x-8 gap-y-6 p-5 max-sm:p-3.5 lg:grid-cols-[minmax(0,1fr)_17rem] print:block">
          <figure>
            <div className="mb-3 flex flex-wrap items-center gap-x-3 gap-y-2 print:hidden">
              <span className="text-quiet">{trendPage.whichPlan}</span>
              <Choices
                label={trendPage.whichPlan}
                choices={licenses.map((license) => ({
                  name: trendPage.planOf(license),
                  href: trendPath(accountId, { ...asked, plan: license }),
                  isCurrent: license === chosen,
                }))}
              />
            </div>
            <Chart
              series={series}
              licenses={licenses}
              chosen={chosen}
              name={trendPage.chartName(account?.name ?? null)}
              sentenceId={sentenceId}
            />
            <Key series={series} licenses={licenses} chosen={chosen} />
          </figure>
          <StepList accountId={accountId} series={series} chosen={chosen} />
        </Card>
      )}
      {notes}
      <p className="mt-3 text-small text-faint">
        {trendPage.asOf(asOf, zone)} {trendPage.pointIs(pointIs)} {trendPage.zone(zone)}
      </p>
    </>
  );
}
