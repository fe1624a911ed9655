import { noValue } from '../../../search/filter.ts';
import type { PeriodKey } from '../../../trend/address.ts';
import type { Stretch, SummaryStep, TrendSummary } from '../../../trend/summary.ts';
import type { CountNow, TrendGap, TrendSeries } from '../../../trend/trend.ts';
import { number, when } from '../../formats.ts';
import { reasons } from '../failures.ts';
import { counted } from '../grammar.ts';
import { plan } from '../words.ts';

/** A license as counts name it. */
const planOf = (license: string) => plan(license === noValue ? null : license);

/** "+112", "−12", "0" */
export const signed = (value: number) =>
  value > 0 ? `+${number(value)}` : value < 0 ? `−${number(-value)}` : number(0);

const dateOf = (day: string) => when.date(`${day}T12:00:00Z`, 'UTC');
const dayOf = (day: string) => when.day(`${day}T12:00:00Z`, 'UTC');
const moment = (at: string, zone: string) => `${when.date(at, zone)}, ${when.clock(at, zone)}`;

const lengths: Record<PeriodKey, string> = {
  '7d': '7 days',
  '30d': '30 days',
  '90d': '90 days',
  '13m': '13 months',
};

/** How one plan went: "Pro went from 820 to 968 in 30 days." */
export function wentSentence({ license, opening, closing, hasSteps, over }: TrendSummary, zone: string): string {
  const name = planOf(license);
  if (opening !== closing) return `${name} went from ${number(opening)} to ${number(closing)} ${during(over, zone)}.`;
  return hasSteps
    ? `${name} is back at ${number(closing)}, where it was ${at(over, zone)}.`
    : `${name} stayed at ${number(closing)} ${'period' in over ? `for ${lengths[over.period]}` : during(over, zone)}.`;
}

function during(over: Stretch, zone: string): string {
  if ('period' in over) return `in ${lengths[over.period]}`;
  if ('since' in over) return `since ${moment(over.since, zone)}`;
  if (over.to === null) return `since ${dateOf(over.from)}`;
  return over.from === over.to ? `on ${dateOf(over.from)}` : `between ${dateOf(over.from)} and ${dateOf(over.to)}`;
}

function at(over: Stretch, zone: string): string {
  if ('period' in over) return `${lengths[over.period]} ago`;
  return 'since' in over ? `on ${moment(over.since, zone)}` : `at the start of ${dateOf(over.from)}`;
}

/** "Largest step: +112 on 3 November 2026, batch “Q4 onboarding” by Dana Reyes." */
export function stepSentence(step: SummaryStep): string {
  return `Largest step: ${signed(step.change)} on ${dateOf(step.day)}, ${step.isMadeUp ? 'made up as an example' : madeBy(step)}.`;
}

function madeBy({ origin, operator, batch, afterGap }: SummaryStep): string {
  const by = operator ? ` by ${operator.name}` : '';
  switch (origin) {
    case 'batch':
      return batch?.reason ? `batch “${batch.reason}”${by}` : `a batch${by}`;
    case 'carillon':
      return operator ? `changed${by}` : 'changed in Carillon';
    case 'ending':
      return 'temporary plans that ended';
    case 'outside':
      return afterGap ? 'outside Carillon, seen after a time without updates' : 'outside Carillon';
  }
}

/** How the plan that a page is about went, with its largest step. */
export const summarySentence = (summary: TrendSummary, zone: string) =>
  summary.step ? `${wentSentence(summary, zone)} ${stepSentence(summary.step)}` : wentSentence(summary, zone);

/** "Not seen from 4 Nov, 10:02 to 6 Nov, 09:30: Amazon Chime did not answer." */
export function gapSentence(gap: TrendGap, zone: string, account: string | null): string {
  const clock = (moment: string) => `${when.day(moment, zone)}, ${when.clock(moment, zone)}`;
  const until = gap.until === null ? `since ${clock(gap.from)}` : `from ${clock(gap.from)} to ${clock(gap.until)}`;
  return `${account === null ? 'Not seen' : `${account} was not seen`} ${until}: ${becauseOf(gap.because)}.`;
}

const isReason = (code: string): code is keyof typeof reasons => Object.hasOwn(reasons, code);

const becauseOf = (code: string | null) =>
  code === null ? 'Carillon did not read the account' : isReason(code) ? reasons[code] : 'the reading failed';

/** What was seen of one plan after a gap, which happened at any time in it. */
export const seenAfterGap = (license: string, { up, down }: { up: number; down: number }) =>
  `Seen afterwards, at any time in it: ${planOf(license)} ${upAndDown(up, down)}.`;

/** "+112 −4", "+112", "no change" */
export const upAndDown = (up: number, down: number) =>
  [up > 0 ? signed(up) : '', down > 0 ? signed(-down) : ''].filter(Boolean).join(' ') || 'no change';

/** One step of a chart in words: a day or an hour, and what happened to a plan in it. */
export type StepWords = {
  name: string;
  up: { inside: number; outside: number };
  down: { inside: number; outside: number };
  joined: number;
  left: number;
  people: number;
};

/** The page of a trend. */
export const trendPage = {
  title: 'Trend',
  allTitle: 'Trend of all accounts',
  planOf,
  period: 'Period',
  periods: lengths,
  from: 'First day',
  to: 'Last day',
  show: 'Show',
  showAs: 'Show as',
  chart: 'Chart',
  table: 'Table',
  csv: 'Download CSV',
  compare: 'Compare two dates',
  departments: 'By department',
  whichPlan: 'Steps of',
  asOf: (at: string, zone: string) => `As of ${moment(at, zone)}.`,
  zone: (zone: string) => `Days are those of the time zone ${zone}.`,
  pointIs: ({ unit, count }: TrendSeries['pointIs']) =>
    unit === 'hour'
      ? 'Each point is an hour.'
      : count === 1
        ? 'Each point is a day.'
        : `Each point is ${number(count)} days, with the lowest and the highest number in them.`,
  chartName: (account: string | null) => `People per plan in ${account ?? 'all accounts'}`,
  linesTitle: 'People per plan',
  barsTitle: (license: string, { unit, count }: TrendSeries['pointIs']) =>
    `${planOf(license)} up and down ${unit === 'hour' ? 'per hour' : count === 1 ? 'per day' : `per ${number(count)} days`}`,
  inside: 'through Carillon',
  outside: 'outside Carillon',
  gap: 'not seen',
  example: (day: string) => `Example history before ${day}: made up`,
  exampleHelp: (at: string, zone: string) =>
    `Example history before ${when.day(at, zone)} ${when.clock(at, zone)}: made up, so that there is a chart to look at. Everything since is real.`,
  steps: (license: string, { unit, count }: TrendSeries['pointIs']) =>
    `${unit === 'hour' ? 'Hours' : count === 1 ? 'Days' : 'Periods'} with steps of ${planOf(license)}`,
  stepsHelp: 'Open one to see the people. Arrow keys go through the list.',
  noSteps: (license: string) => `Nobody got ${planOf(license)} or lost it in this period.`,
  point: (day: string, from: string, zone: string, { unit }: TrendSeries['pointIs']) =>
    unit === 'hour' ? `${dayOf(day)}, ${when.clock(from, zone)}` : dayOf(day),
  longPoint: (day: string, from: string, zone: string, { unit }: TrendSeries['pointIs']) =>
    unit === 'hour' ? `${dateOf(day)}, ${when.clock(from, zone)}` : dateOf(day),
  stepWords: ({ name, up, down, joined, left, people }: StepWords) => {
    const parts = [
      up.inside > 0 ? `${number(up.inside)} up through Carillon` : '',
      up.outside > 0 ? `${number(up.outside)} up outside${joined > 0 ? `, ${number(joined)} of them new` : ''}` : '',
      down.inside > 0 ? `${number(down.inside)} down through Carillon` : '',
      down.outside > 0 ? `${number(down.outside)} down outside${left > 0 ? `, ${number(left)} of them left` : ''}` : '',
    ];
    return `${name}: ${parts.filter(Boolean).join(', ')}. ${counted(people, 'person', 'people')} afterwards.`;
  },
  tick: dayOf,
  month: (day: string) => when.month(`${day}T12:00:00Z`, 'UTC'),
  unknownPlan: (name: string) => `Nobody had “${name}” in this period. You see another plan.`,
  endsLater: 'The last day is in the future, so the chart ends now.',
  nothingYet: 'We know nothing yet: Amazon Chime has not been read completely.',
  nothingBefore: (at: string, zone: string) => `We know nothing before ${moment(at, zone)}.`,
  countedFrom: (account: string, at: string, zone: string) => `${account} is counted from ${moment(at, zone)}.`,
  notCounted: (account: string) => `${account} is not counted yet: it has not been read completely.`,
  moreLater: (accounts: number) =>
    `${counted(accounts, 'more account is', 'more accounts are')} counted from later on.`,
  someLater: 'Some accounts are counted only from later on, so part of this is not a change.',
  moreGaps: (gaps: number) => `${counted(gaps, 'more time', 'more times')} without updates; the CSV has all of them.`,
  morePlans: (plans: number) => `${counted(plans, 'more plan is', 'more plans are')} in the table.`,
  questions: 'Questions to look into',
  accounts: 'Trend of one account',
  caption: (account: string | null) => `People per plan over time in ${account ?? 'all accounts'}`,
  day: 'Day',
  hour: 'Hour',
  link: (name: string, license: string, direction: 'up' | 'down', people: number) =>
    `${name}: ${counted(people, 'person', 'people')} ${direction === 'up' ? 'got' : 'lost'} ${planOf(license)}`,
  isOpen: 'so far',
  isUnseen: 'not seen',
  isExample: 'example',
  range: (lowest: number, highest: number) => `${number(lowest)} to ${number(highest)}`,
  now: 'now',
};

/** What stands beside a count of the licenses page. */
export const countNow = {
  since: { sinceYesterday: 'since yesterday', since7Days: '7 days', since30Days: '30 days' } satisfies Record<
    keyof Pick<CountNow, 'sinceYesterday' | 'since7Days' | 'since30Days'>,
    string
  >,
  value: (people: number | null) => (people === null ? 'not known yet' : signed(people)),
  chart: (license: string, summary: string) => `${planOf(license)}, last 30 days. ${summary}`,
  trend: 'Trend',
  compare: 'Compare two dates',
};

/** The file of a trend. */
export const trendFile = {
  headings: (zone: string) => [
    `From (${zone})`,
    `Until (${zone})`,
    'Plan',
    'People at start',
    'People at end',
    'Lowest',
    'Highest',
    'Up through Carillon',
    'Up outside Carillon',
    'Of which new in the account',
    'Down through Carillon',
    'Down outside Carillon',
    'Of which left the account',
    'Note',
    'Account',
    'Time zone',
    'As of',
  ],
  plan: planOf,
  isOpen: 'so far',
  notSeen: 'not seen: numbers from before',
  example: 'example, made up',
  gap: (gap: TrendGap, zone: string) => gapSentence(gap, zone, null),
};
