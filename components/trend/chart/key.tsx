import { when } from '@/lib/texts/formats.ts';
import * as texts from '@/lib/texts/trend/trend.ts';
import { madeUpUntil } from '@/lib/trend/summary.ts';
import type { TrendSeries } from '@/lib/trend/trend.ts';
import { looksOf, mostLines } from './plan-look.ts';

const { trendPage } = texts;

type KeyProps = { series: TrendSeries; licenses: string[]; chosen: string };

/** What bars and bands mean; lines have their names beside them. */
export function Key({ series, licenses, chosen }: KeyProps) {
  const example = madeUpUntil(series);
  const colour = looksOf([chosen]).get(chosen)?.colour ?? '';
  const first = series.points[0];
  return (
    <figcaption className="mt-2 flex flex-wrap gap-x-5 gap-y-1 text-small text-quiet">
      <span>{trendPage.barsTitle(chosen, series.pointIs)}:</span>
      <Swatch name={trendPage.inside} className={`plan-fill ${colour}`} />
      <Swatch name={trendPage.outside} className={`chart-outside ${colour}`} fill="url(#hatch)" />
      {series.gaps.length > 0 && <Swatch name={trendPage.gap} className="chart-swatch-edge" fill="url(#unseen)" />}
      {example !== null && first && first.from < example && (
        <Swatch name={trendPage.example(when.date(example, series.zone))} className="chart-example chart-swatch-edge" />
      )}
      {licenses.length > mostLines && <span>{trendPage.morePlans(licenses.length - mostLines)}</span>}
    </figcaption>
  );
}

function Swatch({ name, className, fill }: { name: string; className: string; fill?: string }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <svg aria-hidden="true" width="14" height="14" className="chart-swatch">
        <rect x="1" y="1" width="12" height="12" className={className} fill={fill} />
      </svg>
      {name}
    </span>
  );
}
