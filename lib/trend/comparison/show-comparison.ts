import type { Database } from '../../db/database.ts';
import { wallOf } from '../../wall-clock.ts';
import type { AskedPeriod, DaysAsked } from '../address.ts';
import { dayOf } from '../calendar.ts';
import type { Comparison } from '../comparison.ts';
import { comparedPeriod, daysOf, readyPeriods } from '../days.ts';
import { findLedgers } from '../ledger/ledger-store.ts';
import { splitOf } from '../splits.ts';
import type { Known } from '../trend.ts';
import type { ComparisonAnswer, ComparisonProblem, ComparisonView, NamedAccount, PeriodFacts, Whose } from '../view.ts';
import { type ComparisonInAll, compareInAll } from './compare-moments.ts';

/** Groups that are shown on screen and on paper; the others are one, and all of them are in the export. */
const most = { operators: 10, batches: 10, domains: 20, departments: 20 };

/** Compares two days of one account, or of several as one; what is wrong with the days is part of the answer. */
export async function showComparison(
  db: Database,
  whose: Whose,
  asked: DaysAsked,
  zone: string,
): Promise<ComparisonView> {
  const today = dayOf(new Date(), zone);
  const read = await readComparison(db, whose, asked, zone);
  return {
    account: whose.account,
    accounts: whose.account === null ? whose.accounts : [],
    asked,
    zone,
    ready: readyPeriods.map((period) => ({ period, days: daysOf(period, today) })),
    answer: 'problem' in read ? read : answerFrom(read),
  };
}

type Read = ComparisonInAll & { facts: PeriodFacts };

function answerFrom({ comparison, domains, departments, facts }: Read): ComparisonAnswer {
  const { opening, closing, cells, stayed, cameBack, byOrigin, byOperator, byBatch } = comparison;
  return {
    ...facts,
    ...{ opening, closing, cells, stayed, cameBack },
    byOrigin: splitOf(byOrigin, ({ origin }) => origin, byOrigin.length),
    byOperator: splitOf(byOperator, ({ operator }) => operator, most.operators),
    byBatch: splitOf(byBatch, ({ batch }) => batch, most.batches),
    byDomain: splitOf(domains, ({ domain }) => domain, most.domains),
    byDepartment: departments && {
      split: splitOf(departments.cells, ({ department }) => department, most.departments),
      files: departments.files,
    },
  };
}

/** All of a comparison, or why there is none. */
export async function readComparison(
  db: Database,
  { accounts }: Whose,
  asked: DaysAsked,
  zone: string,
): Promise<Read | { problem: ComparisonProblem }> {
  const accountIds = accounts.map(({ id }) => id);
  const { now } = await findLedgers(db, accountIds);
  const period = comparedPeriod(asked, now, zone);
  if ('code' in period) return { problem: period };
  const read = await compareInAll(db, { accountIds, from: period.from, to: period.to }, zone);
  const { comparison } = read;
  if (comparison.compared.length === 0) return { problem: unknownBefore(comparison.known) };
  return { ...read, facts: factsOf(accounts, asked, period, comparison) };
}

/** The earliest moment of which anything is known. */
export function unknownBefore(known: Known[]): ComparisonProblem {
  const moments = known.flatMap(({ knownFrom }) => knownFrom ?? []).sort();
  return { code: 'unknown', knownFrom: moments[0] ?? null };
}

type Answered = Pick<Comparison, 'zone' | 'from' | 'to' | 'asOf' | 'known'>;

/** What to say of a period beside its numbers. */
export function factsOf(
  accounts: NamedAccount[],
  { from: day }: { from: string | null },
  { from: start, endsLater }: AskedPeriod,
  { zone, from, to, asOf, known }: Answered,
): PeriodFacts {
  const wall = wallOf(start.getTime(), zone);
  const names = new Map(accounts.map(({ id, name }) => [id, name]));
  const isKnown = ({ knownFrom }: Known) => knownFrom !== null && knownFrom <= from;
  const madeUp = known.flatMap((one) => (isKnown(one) ? (one.madeUpUntil ?? []) : [])).filter((until) => until > from);
  return {
    from,
    to,
    asOf,
    endsNow: to === asOf,
    endsLater,
    startsLate: day !== null && day.length === 'yyyy-mm-dd'.length && wall !== `${day}T00:00` ? wall : null,
    madeUpUntil: madeUp.sort().at(-1) ?? null,
    leftOut: known
      .filter((one) => !isKnown(one))
      .map(({ accountId: id, knownFrom }) => ({ id, name: names.get(id) ?? id, knownFrom })),
  };
}
