import { number } from '@/lib/texts/formats.ts';
import * as texts from '@/lib/texts/trend/trend.ts';
import { stepPath } from '@/lib/trend/address.ts';
import { hasSteps, levelIn } from '@/lib/trend/summary.ts';
import { sumOf, type TrendPoint, type TrendSeries } from '@/lib/trend/trend.ts';
import { SoftLink } from '../ui/soft-link.tsx';
import { ArrowList } from './arrow-list.tsx';

const { trendPage } = texts;

type StepListProps = { accountId: string | null; series: TrendSeries; chosen: string };

const titleId = 'steps';

/** The days on which a plan changed, newest first, each the way to its people. */
export function StepList({ accountId, series, chosen }: StepListProps) {
  const points = series.points.filter((point) => hasSteps(levelIn(point, chosen))).toReversed();
  return (
    <section className="print:hidden">
      <h2 id={titleId} className="font-semibold">
        {trendPage.steps(chosen, series.pointIs)}
      </h2>
      {points.length === 0 ? (
        <p className="mt-1 text-small text-quiet">{trendPage.noSteps(chosen)}</p>
      ) : (
        <>
          <p className="mt-0.5 text-small text-faint">{trendPage.stepsHelp}</p>
          <ArrowList
            labelId={titleId}
            className="relative mt-2 max-h-96 divide-y divide-line overflow-y-auto rounded-lg border border-line"
          >
            {points.map((point) => (
              <li key={point.from}>
                <Step
                  href={stepPath(accountId, { from: point.from, until: point.until, license: chosen })}
                  point={point}
                  series={series}
                  chosen={chosen}
                />
              </li>
            ))}
          </ArrowList>
        </>
      )}
    </section>
  );
}

type StepProps = { href: string; point: TrendPoint; series: TrendSeries; chosen: string };

function Step({ href, point, series: { zone, pointIs }, chosen }: StepProps) {
  const { up, down, joined, left, closing } = levelIn(point, chosen);
  const { day, from } = point;
  const words = { name: trendPage.longPoint(day, from, zone, pointIs), up, down, joined, left, people: closing };
  return (
    <SoftLink
      href={href}
      className="-outline-offset-2 flex min-h-9 items-baseline gap-3 px-3 py-1.5 hover:bg-hover pointer-coarse:min-h-11"
    >
      <span className="sr-only">{trendPage.stepWords(words)}</span>
      <span aria-hidden="true" className="min-w-14">
        {trendPage.point(day, from, zone, pointIs)}
      </span>
      <span aria-hidden="true" className="flex-1 font-semibold">
        {texts.upAndDown(sumOf(up), sumOf(down))}
      </span>
      <span aria-hidden="true" className="text-quiet">
        {number(closing)}
      </span>
    </SoftLink>
  );
}
