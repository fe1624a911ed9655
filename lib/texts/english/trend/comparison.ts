import { noValue } from '../../../search/filter.ts';
import type { Cell } from '../../../trend/comparison.ts';
import type { ReadyPeriod } from '../../../trend/days.ts';
import type { PlanLine } from '../../../trend/matrix.ts';
import type { Held, Origin } from '../../../trend/trend.ts';
import type { ComparisonProblem, PeriodFacts } from '../../../trend/view.ts';
import { number, when } from '../../formats.ts';
import { counted } from '../grammar.ts';
import { plan } from '../words.ts';

const isDay = (text: string) => /^\d{4}-\d\d-\d\d$/.test(text);

/** A day such as 2026-11-28, or a moment in the reporting zone, in words. */
const dayOrMoment = (text: string, zone: string) => {
  if (isDay(text)) return when.date(`${text}T12:00Z`, 'UTC');
  return Number.isNaN(Date.parse(text)) ? `“${text}”` : moment(text, zone);
};

const moment = (at: string, zone: string) => when.dateAndClock(at, zone);

const license = (name: string) => plan(name === noValue ? null : name);

const term = (sign: string, people: number, what: string) => (people === 0 ? '' : ` ${sign} ${number(people)} ${what}`);

const ready: Record<ReadyPeriod, string> = {
  'this-month': 'This month so far',
  'last-month': 'Last month',
  '7-days': 'Last 7 days',
  '30-days': 'Last 30 days',
};

const origins: Record<Origin, string> = {
  carillon: 'By hand in Carillon',
  batch: 'By a batch',
  ending: 'By an end date',
  outside: 'Outside Carillon',
};

/** Two days of the counts compared. */
export const comparePage = {
  title: 'Compare',
  ofAll: 'Compare: all accounts',
  titleOf: (account: string) => `Compare: ${account}`,
  allAccounts: 'All accounts',
  accounts: 'The same for one account',
  from: 'From the beginning of',
  to: 'To the end of',
  show: 'Compare',
  periods: 'Ready-made periods',
  ready,
  print: 'Print',
  exportCsv: 'Export as CSV',
  moment,
  period: ({ from, to, endsNow }: Pick<PeriodFacts, 'from' | 'to' | 'endsNow'>, zone: string) =>
    endsNow
      ? `From ${moment(from, zone)} until now, ${moment(to, zone)}`
      : `From ${moment(from, zone)} until ${moment(to, zone)}`,
  asOf: (at: string, zone: string) => `Numbers as of ${moment(at, zone)}. Time zone: ${zone}.`,
  endsLater: 'The end is in the future: counted until now.',
  startsLate: (day: string, wall: string, zone: string) =>
    wall.startsWith(day)
      ? `In ${zone}, clocks skip midnight on ${dayOrMoment(day, zone)}: the day begins at ${wall.slice(11)}.`
      : `In ${zone}, there was no ${dayOrMoment(day, zone)}: counted from ${dayOrMoment(wall.slice(0, 10), zone)}.`,
  madeUp: (until: string, zone: string) => `Example history before ${moment(until, zone)}: made up.`,
  leftOut: (name: string, knownFrom: string | null, zone: string) =>
    knownFrom === null
      ? `${name} is not in these numbers: its first complete listing has not finished.`
      : `${name} is not in these numbers: we know nothing before ${moment(knownFrom, zone)}.`,
  link: 'This page:',
  /** What people had, or have: a plan, or none since they were not in the account. */
  held: (held: Held) => (held === null ? 'Not in the account' : license(held)),
  plan: license,
  /** 820 + 12 joined + 140 up − 25 down − 6 left = 941 */
  equation: ({ opening, joined, up, down, left, closing }: Omit<PlanLine, 'license'>) =>
    `${number(opening)}${term('+', joined, 'joined')}${term('+', up, 'up')}${term('−', down, 'down')}${term('−', left, 'left')} = ${number(closing)}`,
  lines: 'From start to end',
  everyone: 'Everyone',
  matrix: 'Who went from which plan to which',
  matrixHelp:
    'Rows are what people had at the start, columns what they have at the end. Each number leads to its people.',
  fromPlan: 'Start \\ End',
  joined: 'Joined',
  left: 'Left',
  opening: 'Start',
  closing: 'End',
  same: 'same plan',
  people: (people: number) => counted(people, 'person', 'people'),
  cell: (people: number, { from, to }: Pick<Cell, 'from' | 'to'>) =>
    `${counted(people, 'person', 'people')}: ${
      from === null
        ? `joined with ${to === null ? '' : license(to)}`
        : to === null
          ? `left with ${license(from)}`
          : `from ${license(from)} to ${license(to)}`
    }`,
  cameBack: (people: number, changes: number) =>
    `${counted(people, 'person', 'people')} changed and came back (${counted(changes, 'change', 'changes')}): not in this table.`,
  showThem: 'Show them',
  nobody: 'There was no one at the start, and there is no one at the end.',
  nothing: 'No one’s plan is different at the end.',
  by: {
    origin: 'What changed the plans',
    operator: 'By operator',
    batch: 'By batch',
    domain: 'By e-mail domain',
    department: 'By department',
  },
  who: { origin: 'How', operator: 'Operator', batch: 'Batch', domain: 'Domain', department: 'Department' },
  origins,
  batch: (reason: string | null, by: string) => {
    if (by === '') return reason ?? 'A batch';
    return reason === null ? `Batch by ${by}` : `${reason} (${by})`;
  },
  noDomain: 'No e-mail address',
  noDepartment: 'Not known',
  departmentsFrom: (name: string, at: string, zone: string) =>
    `Departments are those of “${name}”, ${when.date(at, zone)}.`,
  others: (groups: number) => counted(groups, 'other', 'others'),
  othersHelp: 'All of them are in the CSV.',
  all: 'People',
  up: (people: number) => `+${number(people)}`,
  down: (people: number) => `−${number(people)}`,
  upLink: (people: number, to: string, who: string) =>
    `${counted(people, 'person', 'people')} got ${license(to)}: ${who}`,
  downLink: (people: number, from: string, who: string) =>
    `${counted(people, 'person', 'people')} no longer on ${license(from)}: ${who}`,
  terms: 'What the words mean',
  definitions: {
    joined: { term: 'Joined', means: 'not in the account at the start, in it at the end.' },
    left: { term: 'Left', means: 'in the account at the start, not in it at the end.' },
    up: { term: 'Up', means: 'got this plan from another plan.' },
    down: { term: 'Down', means: 'went from this plan to another plan.' },
    signs: {
      term: '+ and −',
      means: 'got a plan, those who joined included; no longer have it, those who left included.',
    },
    person: {
      term: 'Each person',
      means: 'counts once: by the plan at the start and at the end, and by the last change in between.',
    },
  },
};

/** What is wrong with the days, and what to do. */
export const periodProblem = (problem: ComparisonProblem, zone: string): string => {
  switch (problem.code) {
    case 'no-start':
      return 'Choose the day from which to compare.';
    case 'no-date':
      return `${isDay(problem.text) ? `There is no day ${problem.text}` : `“${problem.text}” is no date`}. Write dates like 2026-11-28.`;
    case 'unknown-period':
      return `There is no period “${problem.text}”. Choose two days.`;
    case 'backwards':
      return `The end, ${dayOrMoment(problem.to, zone)}, is before the start, ${dayOrMoment(problem.from, zone)}. Choose a later end.`;
    case 'future':
      return `${dayOrMoment(problem.day, zone)} is in the future. Choose an earlier start.`;
    case 'unknown':
      return problem.knownFrom === null
        ? 'Nothing is known yet: the first complete listing has not finished. Try again later.'
        : `We know nothing before ${moment(problem.knownFrom, zone)}. Choose a later start.`;
  }
};

export const sinceKnown = (knownFrom: string, zone: string) => `Compare from ${moment(knownFrom, zone)}`;

/** The people behind a number of the counts over time. */
export const movedPage = {
  title: 'People whose plan changed',
  /** `parts`: what the people or the steps have in common. */
  heading: (total: number, isOfSteps: boolean, parts: string[]) =>
    `${isOfSteps ? counted(total, 'step', 'steps') : counted(total, 'person', 'people')} ${parts.join(', ')}`,
  went: (from: Held | undefined, to: Held | undefined) => {
    if (from === undefined && to === undefined) return 'whose plan changed';
    if (from === undefined) return to === null || to === undefined ? 'left the account' : `got ${license(to)}`;
    if (to === undefined) return from === null ? 'joined the account' : `no longer on ${license(from)}`;
    if (from === null) return to === null ? 'joined and left' : `joined with ${license(to)}`;
    return to === null ? `left with ${license(from)}` : `from ${license(from)} to ${license(to)}`;
  },
  cameBack: 'changed and came back',
  steps: (direction: 'up' | 'down' | undefined, name: string | undefined) => {
    if (name === undefined) return 'of all plans';
    if (direction === undefined) return `to ${license(name)} or from it`;
    return direction === 'up' ? `to ${license(name)}` : `from ${license(name)}`;
  },
  by: { inside: 'through Carillon', outside: 'outside Carillon' },
  origin: {
    carillon: 'by hand in Carillon',
    batch: 'by a batch',
    ending: 'by an end date',
    outside: 'outside Carillon',
  } satisfies Record<Origin, string>,
  operator: (name: string) => `by ${name}`,
  batch: (reason: string | null) => (reason === null ? 'by one batch' : `by the batch “${reason}”`),
  domain: (domain: string | null) => (domain === null ? 'without an e-mail address' : `with an address of ${domain}`),
  department: (department: string | null) =>
    department === null ? 'of no known department' : `of the department ${department}`,
  caption: 'Who had which plan before and after, since when, and what changed it',
  person: 'Person',
  plan: 'Plan',
  when: 'When',
  who: 'By',
  reason: 'Reason',
  notThere: 'No longer in the account',
  before: 'before',
  after: 'after',
  seenBetween: (after: string, at: string, zone: string) =>
    when.date(after, zone) === when.date(at, zone)
      ? `${when.date(at, zone)}: seen between ${when.clock(after, zone)} and ${when.clock(at, zone)}`
      : `Seen between ${moment(after, zone)} and ${moment(at, zone)}`,
  outside: 'Outside Carillon',
  byOperator: (name: string, origin: Origin) =>
    origin === 'batch' ? `${name}, batch` : origin === 'ending' ? `${name}, end date` : name,
  showBatch: 'Show batch',
  madeUp: 'Example history: made up',
  showEntry: 'Audit entry',
  showEntryOf: (name: string) => `Audit entry of ${name}`,
  exportCsv: 'Export all as CSV',
  compare: 'Back to the comparison',
  pages: 'Pages of people',
  first: 'First page',
  next: 'Next page',
  nobody: 'There is no one here.',
  nobodyHelp: 'The number may have changed since the link was made.',
  broken: 'This address is not complete. Open the list from a number of a comparison.',
};

/** Headings of the file of a comparison, and of the file of the people behind a number. */
export const comparisonColumns = ['Part', 'Of', 'Plan at the start', 'Plan at the end', 'People'];

export const comparisonParts = {
  account: 'Account',
  from: 'From (UTC)',
  to: 'To (UTC)',
  zone: 'Time zone',
  asOf: 'As of (UTC)',
  opening: 'Start',
  closing: 'End',
  same: 'Same plan',
  cells: 'Changed',
  cameBack: 'Changed and came back',
  changes: 'Changes of those who came back',
};

export const movedColumns = [
  'Name',
  'E-mail',
  'User ID',
  'Account',
  'In the account now',
  'Plan before',
  'Plan after',
  'Time (UTC)',
  'Outside: not before (UTC)',
  'How',
  'Operator',
  'Reason',
  'Batch',
  'Batch ID',
  'Change or request ID',
];

export const yesOrNo = (is: boolean) => (is ? 'Yes' : 'No');
