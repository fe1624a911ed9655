import { isUuid } from '../uuid.ts';
import { type AskedPeriod, apiPathOf, type DaysAsked, type PeriodProblem, pathOf, withParams } from './address.ts';
import { comparedPeriod, daysAsked, momentFrom } from './days.ts';
import type { CellFilter, StepFilter } from './moved.ts';
import { origins } from './trend.ts';

/**
 * Whose changes are listed, as an address says it: the people of cells of a comparison of two days, or the steps between two
 * moments, which are as they were written.
 */
export type MovedAsked =
  | { of: 'cell'; days: DaysAsked; filter: CellFilter }
  | { of: 'step'; from: string; until: string; filter: StepFilter };

type Params = Record<string, string | string[] | undefined>;

const noText = '';

/** The parameters of cells: `was` and `is` are empty for people who were not in the account, `domain` and `department` for those without one. */
function paramsOfCell({
  from,
  to,
  origin,
  operatorId,
  batchId,
  domain,
  department,
  cameBack,
}: CellFilter): [string, string][] {
  const texts = { was: from, is: to, origin, operator: operatorId, batch: batchId, domain, department };
  return [
    ...Object.entries(texts).flatMap(([name, value]): [string, string][] =>
      value === undefined ? [] : [[name, value ?? noText]],
    ),
    ...(cameBack ? [['back', 'yes'] satisfies [string, string]] : []),
  ];
}

/** The parameters of an address of theirs. */
export function movedParams(asked: MovedAsked): URLSearchParams {
  if (asked.of === 'cell') {
    const { from, to } = asked.days;
    return new URLSearchParams([['from', from ?? noText], ['to', to ?? noText], ...paramsOfCell(asked.filter)]);
  }
  const { license, direction, by, operatorId, batchId } = asked.filter;
  const texts = { from: asked.from, until: asked.until, license, direction, by, operator: operatorId, batch: batchId };
  return new URLSearchParams(Object.entries(texts).flatMap(([name, value]) => (value ? [[name, value]] : [])));
}

/** Where they are listed; `after` is the `next` of the page before. */
export function movedPath(accountId: string | null, asked: MovedAsked, after?: string): string {
  const params = movedParams(asked);
  if (after !== undefined) params.set('after', after);
  return withParams(`${pathOf(accountId)}/${asked.of}`, params);
}

/** Where all of them are as CSV. */
export const movedExportPath = (accountId: string | null, asked: MovedAsked) =>
  withParams(`${apiPathOf(accountId)}/${asked.of}/export`, movedParams(asked));

/** Where the people of cells are listed. */
export const cellPath = (accountId: string | null, days: DaysAsked, filter: CellFilter) =>
  movedPath(accountId, { of: 'cell', days, filter });

/** Reads an address of cells; null where it says something that no link of ours says. */
export function cellAsked(params: Params): MovedAsked | null {
  const given = readerOf(params);
  const origin = origins.find((one) => one === given('origin'));
  const batchId = given('batch');
  const back = given('back');
  if (origin === undefined && given('origin') !== undefined) return null;
  if (batchId !== undefined && !isUuid(batchId)) return null;
  if (back !== undefined && back !== 'yes') return null;
  const filter: CellFilter = {
    from: heldFrom(given('was')),
    to: heldFrom(given('is')),
    origin,
    operatorId: given('operator'),
    batchId,
    domain: heldFrom(given('domain')),
    department: heldFrom(given('department')),
    cameBack: back === 'yes' || undefined,
  };
  return { of: 'cell', days: daysAsked(params), filter };
}

/** Reads an address of steps; null where it says something that no link of ours says. */
export function stepAsked(params: Params): MovedAsked | null {
  const given = readerOf(params);
  const direction = (['up', 'down'] as const).find((one) => one === given('direction'));
  const by = (['inside', 'outside'] as const).find((one) => one === given('by'));
  const batchId = given('batch');
  if (direction === undefined && given('direction') !== undefined) return null;
  if (by === undefined && given('by') !== undefined) return null;
  if (batchId !== undefined && !isUuid(batchId)) return null;
  const filter: StepFilter = { license: given('license'), direction, by, operatorId: given('operator'), batchId };
  return { of: 'step', from: given('from') ?? noText, until: given('until') ?? noText, filter };
}

/** Longer values are cut: none of ours is longer. */
const longest = 254;

function readerOf(params: Params): (name: string) => string | undefined {
  return (name) => [params[name]].flat()[0]?.toWellFormed().replaceAll('\0', '').slice(0, longest);
}

const heldFrom = (text: string | undefined) => (text === noText ? null : text);

/** The page that an address continues at; null at the first one. */
export const afterAsked = (params: Params): string | null => readerOf(params)('after') || null;

/** The period whose changes are listed, by the clock and the zone of the product, or why there is none. */
export function movedPeriod(asked: MovedAsked, now: Date, zone: string): AskedPeriod | PeriodProblem {
  if (asked.of === 'cell') return comparedPeriod(asked.days, now, zone);
  const [from, to] = [momentFrom(asked.from), momentFrom(asked.until)];
  if (asked.from === noText) return { code: 'no-start' };
  if (!from) return { code: 'no-date', text: asked.from };
  if (!to) return { code: 'no-date', text: asked.until };
  if (to <= from) return { code: 'backwards', from: asked.from, to: asked.until };
  if (from >= now) return { code: 'future', day: asked.from };
  return { from, to, endsLater: to > now };
}
