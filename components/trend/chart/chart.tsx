import { isLicense } from '@/lib/licenses/license.ts';
import { number } from '@/lib/texts/formats.ts';
import * as texts from '@/lib/texts/trend/trend.ts';
import { levelIn } from '@/lib/trend/summary.ts';
import { sumOf, type TrendPoint, type TrendSeries } from '@/lib/trend/trend.ts';
import {
  apart,
  barsOf,
  columnsOf,
  datesOf,
  exampleUntil,
  gapBands,
  type Line,
  linesOf,
  pathOf,
  type Span,
  spanOf,
  ticksTo,
} from './geometry.ts';
import { Mark } from './mark.tsx';
import { looksOf, mostLines, type PlanLook } from './plan-look.ts';

const { trendPage } = texts;

/** A length of the geometry as SVG takes it. */
const of = (thousandths: number) => `${Math.round(thousandths * 10) / 100}%`;

/** How high the panels are, of the whole chart, which is 24 rem high. */
const panels = { lines: 640, bars: 270 };

/** What a label needs of the height of its panel: 1.3 rem. */
const labelRoom = 85;

type ChartProps = { series: TrendSeries; licenses: string[]; chosen: string; name: string; sentenceId: string };

/** How many people had which plan, and below it what one plan gained and lost: drawn whole by the server. */
export function Chart({ series, licenses, chosen, name, sentenceId }: ChartProps) {
  const span = spanOf(series);
  const drawn = mostSeen(series, licenses, chosen);
  const looks = looksOf(drawn);
  const example = exampleUntil(series, span);
  return (
    <svg role="img" aria-label={name} aria-describedby={sentenceId} className="chart">
      <defs>
        <pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="2.2" height="5" className={`plan-fill ${looks.get(chosen)?.colour ?? ''}`} />
        </pattern>
        <pattern id="unseen" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)">
          <rect width="1" height="6" className="chart-unseen-line" />
        </pattern>
      </defs>
      <svg aria-hidden="true" overflow="visible">
        {example > 0 && (
          <>
            <rect width={of(example)} height="100%" className="chart-example" />
            <line x1={of(example)} x2={of(example)} y2="100%" className="chart-example-end" />
          </>
        )}
        {gapBands(series, span).map(({ x, width }) => (
          <g key={`${x} ${width}`}>
            <rect x={of(x)} width={of(width)} height="100%" className="chart-unseen" />
            <rect x={of(x)} width={of(width)} height="100%" fill="url(#unseen)" />
          </g>
        ))}
      </svg>
      <Lines series={series} span={span} licenses={drawn} looks={looks} chosen={chosen} />
      <Steps series={series} span={span} chosen={chosen} look={looks.get(chosen)} />
      <svg aria-hidden="true" overflow="visible">
        {datesOf(series, span).map(({ x, day, isMonth }, index) => (
          <g key={day} className={index % (isMonth ? 3 : 2) === 0 ? '' : 'max-sm:hidden'}>
            <line x1={of(x)} x2={of(x)} y1="100%" y2="100%" className="chart-tick" />
            <text x={of(x)} y="100%" dy="1.4em" textAnchor="middle" className="chart-axis">
              {isMonth ? trendPage.month(day) : trendPage.tick(day)}
            </text>
          </g>
        ))}
        {columnsOf(series, span).map(({ x, width }, index) => {
          const point = series.points[index];
          return (
            point && (
              <rect key={point.from} x={of(x)} width={of(width)} height="100%" className="chart-column">
                <title>{titleOf(series, point, licenses, chosen)}</title>
              </rect>
            )
          );
        })}
      </svg>
    </svg>
  );
}

/** The plans that have lines: the one the page is about, and those that most people have had. */
function mostSeen({ points }: TrendSeries, licenses: string[], chosen: string): string[] {
  if (licenses.length <= mostLines) return licenses;
  const most = (license: string) => Math.max(...points.map((point) => levelIn(point, license).highest));
  const others = licenses.filter((license) => license !== chosen).toSorted((one, other) => most(other) - most(one));
  const kept = new Set([chosen, ...others.slice(0, mostLines - 1)]);
  return licenses.filter((license) => kept.has(license));
}

function titleOf(series: TrendSeries, point: TrendPoint, licenses: string[], chosen: string): string {
  const { up, down } = levelIn(point, chosen);
  const name = trendPage.longPoint(point.day, point.from, series.zone, series.pointIs);
  const counts = licenses.map((license) => `${trendPage.planOf(license)} ${number(levelIn(point, license).closing)}`);
  return [name, ...counts, `${trendPage.planOf(chosen)}: ${texts.upAndDown(sumOf(up), sumOf(down))}`].join('\n');
}

type PanelProps = { series: TrendSeries; span: Span; chosen: string };

function Lines({
  series,
  span,
  licenses,
  looks,
  chosen,
}: PanelProps & { licenses: string[]; looks: Map<string, PlanLook> }) {
  const highest = Math.max(...series.points.flatMap((point) => licenses.map((one) => levelIn(point, one).highest)));
  const ticks = ticksTo(highest);
  const top = ticks.at(-1) ?? 1;
  const lines = linesOf(series, licenses, span, top);
  const labels = apart(
    lines.map(({ end }) => end.y),
    labelRoom,
  );
  return (
    <svg aria-hidden="true" height={of(panels.lines)} overflow="visible">
      {ticks.map((people) => (
        <g key={people}>
          <line
            x2="100%"
            y1={of(1000 - (people / top) * 1000)}
            y2={of(1000 - (people / top) * 1000)}
            className="chart-grid"
          />
          <text
            x="0"
            dx="-0.7em"
            y={of(1000 - (people / top) * 1000)}
            dy="0.35em"
            textAnchor="end"
            className="chart-axis"
          >
            {number(people)}
          </text>
        </g>
      ))}
      {lines.map((line, index) => {
        const look = looks.get(line.license);
        return (
          look && (
            <PlanLine
              key={line.license}
              line={line}
              look={look}
              label={labels[index] ?? 0}
              isChosen={line.license === chosen}
            />
          )
        );
      })}
    </svg>
  );
}

type PlanLineProps = { line: Line; look: PlanLook; label: number; isChosen: boolean };

function PlanLine({ line: { license, parts, ranges, end, people }, look, label, isChosen }: PlanLineProps) {
  return (
    <g>
      {ranges.map(({ x, low, high }) => (
        <line key={x} x1={of(x)} x2={of(x)} y1={of(low)} y2={of(high)} className={`chart-range ${look.colour}`} />
      ))}
      <svg
        aria-hidden="true"
        viewBox="0 0 1000 1000"
        preserveAspectRatio="none"
        width="100%"
        height="100%"
        overflow="visible"
      >
        <path
          d={pathOf(parts)}
          strokeDasharray={look.dash}
          vectorEffect="non-scaling-stroke"
          className={`chart-line ${look.colour} ${isChosen ? 'chart-line-chosen' : ''}`}
        />
      </svg>
      <svg aria-hidden="true" x={of(end.x)} y={of(end.y)} overflow="visible">
        <Mark look={look} />
      </svg>
      <line x1={of(end.x)} x2="100%" y1={of(end.y)} y2={of(label)} className="chart-lead" />
      <svg aria-hidden="true" x="100%" y={of(label)} overflow="visible">
        <text dx="0.9em" dy="0.35em" className="chart-label">
          <tspan className="font-semibold">{trendPage.planOf(isLicense(license) ? license : shortened(license))}</tspan>{' '}
          {number(people)}
        </text>
      </svg>
    </g>
  );
}

const longestName = 11;

/** Of a name that Chime invents. */
const shortened = (name: string) => (name.length > longestName ? `${name.slice(0, longestName - 1)}…` : name);

function Steps({ series, span, chosen, look }: PanelProps & { look: PlanLook | undefined }) {
  const { bars, zero, mostUp, mostDown } = barsOf(series, chosen, span);
  const colour = look?.colour ?? '';
  return (
    <svg aria-hidden="true" y={of(1000 - panels.bars)} height={of(panels.bars)} overflow="visible">
      {mostUp > 0 && <AxisNumber y={0} text={texts.signed(mostUp)} />}
      {mostDown > 0 && <AxisNumber y={1000} text={texts.signed(-mostDown)} />}
      {bars.inside.map(({ x, y, width, height }) => (
        <rect
          key={`${x} ${y}`}
          x={of(x)}
          y={of(y)}
          width={of(width)}
          height={of(height)}
          className={`plan-fill ${colour}`}
        />
      ))}
      {bars.outside.map(({ x, y, width, height }) => (
        <rect
          key={`${x} ${y}`}
          x={of(x)}
          y={of(y)}
          width={of(width)}
          height={of(height)}
          fill="url(#hatch)"
          className={`chart-outside ${colour}`}
        />
      ))}
      <line x2="100%" y1={of(zero)} y2={of(zero)} className="chart-zero" />
    </svg>
  );
}

function AxisNumber({ y, text }: { y: number; text: string }) {
  return (
    <>
      <line x2="100%" y1={of(y)} y2={of(y)} className="chart-grid" />
      <text x="0" dx="-0.7em" y={of(y)} dy="0.35em" textAnchor="end" className="chart-axis">
        {text}
      </text>
    </>
  );
}
