import type { TrendSeries } from '@/lib/trend/trend.ts';
import { pathOf, smallLine } from './geometry.ts';
import { Mark } from './mark.tsx';
import { looksOf } from './plan-look.ts';

type SmallChartProps = { series: TrendSeries; license: string; name: string };

/** The line of one plan beside its number. */
export function SmallChart({ series, license, name }: SmallChartProps) {
  const { parts, end } = smallLine(series, license);
  const look = looksOf([license]).get(license);
  if (!look) return null;
  return (
    <svg role="img" aria-label={name} className="h-10 w-full overflow-visible">
      <svg
        aria-hidden="true"
        viewBox="0 0 1000 1000"
        preserveAspectRatio="none"
        width="100%"
        height="100%"
        overflow="visible"
      >
        <path d={pathOf(parts)} vectorEffect="non-scaling-stroke" className={`chart-line ${look.colour}`} />
      </svg>
      <svg aria-hidden="true" x={`${end.x / 10}%`} y={`${end.y / 10}%`} overflow="visible">
        <Mark look={look} />
      </svg>
    </svg>
  );
}
