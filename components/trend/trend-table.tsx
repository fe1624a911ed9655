import { number } from '@/lib/texts/formats.ts';
import * as texts from '@/lib/texts/trend/trend.ts';
import { stepPath } from '@/lib/trend/address.ts';
import { levelIn, madeUpUntil } from '@/lib/trend/summary.ts';
import { sumOf, type TrendPoint, type TrendSeries } from '@/lib/trend/trend.ts';
import { Card } from '../ui/card.tsx';
import { DataTable } from '../ui/data-table.tsx';
import { SoftLink } from '../ui/soft-link.tsx';

const { trendPage } = texts;

type TrendTableProps = { account: { id: string; name: string } | null; series: TrendSeries; licenses: string[] };

/** The numbers of a chart: a row a point, newest first. */
export function TrendTable({ account, series, licenses }: TrendTableProps) {
  const example = madeUpUntil(series);
  return (
    <Card className="overflow-x-auto">
      <DataTable
        name={trendPage.caption(account?.name ?? null)}
        columns={[
          { name: series.pointIs.unit === 'hour' ? trendPage.hour : trendPage.day },
          ...licenses.map((license) => ({ name: trendPage.planOf(license), isNumber: true })),
        ]}
        cardsBelow="sm"
        spacing="numbers"
      >
        {series.points.toReversed().map((point) => (
          <tr key={point.from} className="row-lines hover:bg-hover max-sm:block max-sm:py-2">
            <th scope="row" className="px-4 py-2 text-start align-top font-semibold whitespace-nowrap max-sm:block">
              {trendPage.longPoint(point.day, point.from, series.zone, series.pointIs)}
              <span className="block text-small font-normal text-quiet">
                {[
                  point.isOpen ? trendPage.isOpen : '',
                  point.isSeen ? '' : trendPage.isUnseen,
                  example !== null && point.until <= example ? trendPage.isExample : '',
                ]
                  .filter(Boolean)
                  .join(', ')}
              </span>
            </th>
            {licenses.map((license) => (
              <Numbers key={license} accountId={account?.id ?? null} series={series} point={point} license={license} />
            ))}
          </tr>
        ))}
      </DataTable>
    </Card>
  );
}

type NumbersProps = { accountId: string | null; series: TrendSeries; point: TrendPoint; license: string };

function Numbers({ accountId, series, point, license }: NumbersProps) {
  const { opening, closing, lowest, highest, up, down } = levelIn(point, license);
  const hasRange = lowest < Math.min(opening, closing) || highest > Math.max(opening, closing);
  const name = trendPage.longPoint(point.day, point.from, series.zone, series.pointIs);
  return (
    <td className="px-4 py-2 text-end align-top max-sm:flex max-sm:flex-wrap max-sm:items-baseline max-sm:gap-x-3 max-sm:py-0.5">
      <span aria-hidden="true" className="flex-1 text-start text-quiet sm:hidden">
        {trendPage.planOf(license)}
      </span>
      <span className="font-semibold max-sm:order-2 max-sm:min-w-12">{number(closing)}</span>
      <span className="flex justify-end gap-3 text-small whitespace-nowrap text-quiet max-sm:order-1 max-sm:empty:hidden">
        {hasRange && <span>{trendPage.range(lowest, highest)}</span>}
        {(['up', 'down'] as const).map((direction) => {
          const people = sumOf(direction === 'up' ? up : down);
          const text = texts.signed(direction === 'up' ? people : -people);
          if (people === 0) return null;
          const { from, until } = point;
          return (
            <SoftLink
              key={direction}
              href={stepPath(accountId, { from, until, license, direction })}
              aria-label={trendPage.link(name, license, direction, people)}
              className="text-act font-normal!"
            >
              {text}
            </SoftLink>
          );
        })}
      </span>
    </td>
  );
}
