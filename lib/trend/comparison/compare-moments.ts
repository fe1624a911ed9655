import type { Database, Executor } from '../../db/database.ts';
import type { DepartmentFile } from '../../departments/department.ts';
import { findDepartmentFiles } from '../../departments/store.ts';
import type { Cell, Comparison, DepartmentCell, DomainCell } from '../comparison.ts';
import { countsAt, countsNowOf, totalsOf } from '../ledger/counts-at-store.ts';
import { type AnsweredPeriod, answerPeriod, atOneMoment, type Period } from '../period.ts';
import { findNames, findNet, findNetByDepartment, findNetByDomain, type NetCell } from './net-store.ts';

/**
 * Who had which license at one moment, and at another. Refuses with `invalid` a period that ends before it begins, or begins in
 * the future; of accounts not known at the start, `known` says since when they are.
 */
export function compareMoments(db: Database, period: Period, zone: string): Promise<Comparison> {
  return atOneMoment(db, (trx) => compare(trx, period, zone));
}

/** Two moments with the cells by domain and by department. `departments` is null where no file says any. */
export type ComparisonInAll = {
  comparison: Comparison;
  domains: DomainCell[];
  departments: { cells: DepartmentCell[]; files: DepartmentFile[] } | null;
};

/** The same, and the cells by domain and department, which fit it: nothing happens between them. */
export function compareInAll(db: Database, period: Period, zone: string): Promise<ComparisonInAll> {
  return atOneMoment(db, async (trx) => ({
    comparison: await compare(trx, period, zone),
    domains: await compareDomains(trx, period),
    departments: await compareDepartments(trx, period),
  }));
}

async function compare(db: Executor, period: Period, zone: string): Promise<Comparison> {
  const { answered, ledgers, compared } = await comparable(db, period);
  const { from, to, endsNow } = answered;
  const opening = await countsAt(db, ledgers, from, zone);
  const closing = endsNow ? await countsNowOf(db, compared) : await countsAt(db, ledgers, to, zone);
  const net = await findNet(db, compared, answered);
  const moved = net.filter((cell) => cell.from !== cell.to);
  const back = net.filter((cell) => cell.from === cell.to);
  const names = await findNames(db, idsOf(moved, 'operatorId'), idsOf(moved, 'batchId'));
  const openingTotals = totalsOf(opening);
  const cells = byKey(moved, () => ({}));
  return {
    zone,
    from: from.toISOString(),
    to: to.toISOString(),
    asOf: answered.now.toISOString(),
    known: answered.known,
    compared,
    opening: openingTotals,
    closing: totalsOf(closing),
    cells,
    stayed: stayedOf(openingTotals, cells),
    cameBack: { people: total(back, 'people'), changes: total(back, 'changes') },
    byOrigin: byKey(moved, ({ origin }) => ({ origin })),
    byOperator: byKey(moved, ({ operatorId: id }) =>
      id === null ? undefined : { operator: { id, name: names.operators.get(id) ?? id } },
    ),
    byBatch: byKey(moved, ({ batchId: id }) =>
      id === null ? undefined : { batch: { id, reason: null, by: '', ...names.batches.get(id) } },
    ),
  };
}

/** The cells of a comparison by the domain of the people's e-mail addresses, largest first; null where there is none. */
export async function compareDomains(db: Executor, period: Period): Promise<DomainCell[]> {
  const { answered, compared } = await comparable(db, period);
  return findNetByDomain(db, compared, answered);
}

/** The cells of a comparison by department, largest first; null where no file says any. */
async function compareDepartments(db: Executor, period: Period): Promise<ComparisonInAll['departments']> {
  const { answered, compared } = await comparable(db, period);
  const files = await findDepartmentFiles(db, compared);
  return files.length === 0 ? null : { cells: await findNetByDepartment(db, compared, answered), files };
}

async function comparable(db: Executor, period: Period) {
  const answered: AnsweredPeriod = await answerPeriod(db, period);
  const ledgers = answered.ledgers.filter(({ knownFrom }) => knownFrom <= answered.from);
  return { answered, ledgers, compared: ledgers.map(({ accountId }) => accountId) };
}

/** Sums of the cells that have the same license before, the same one after, and the same of something else. */
function byKey<More extends object>(net: NetCell[], moreOf: (cell: NetCell) => More | undefined): (Cell & More)[] {
  const sums = new Map<string, Cell & More>();
  for (const cell of net) {
    const more = moreOf(cell);
    if (!more) continue;
    const key = JSON.stringify([cell.from, cell.to, more]);
    const people = cell.people + (sums.get(key)?.people ?? 0);
    sums.set(key, { from: cell.from, to: cell.to, people, ...more });
  }
  return [...sums.values()].sort((one, other) => other.people - one.people);
}

function stayedOf(opening: Record<string, number>, cells: Cell[]): Record<string, number> {
  return Object.fromEntries(
    Object.entries(opening).map(([license, people]) => [
      license,
      people -
        total(
          cells.filter(({ from }) => from === license),
          'people',
        ),
    ]),
  );
}

const total = <K extends string>(cells: Record<K, number>[], key: K) => cells.reduce((sum, cell) => sum + cell[key], 0);

const idsOf = (net: NetCell[], key: 'operatorId' | 'batchId') => [...new Set(net.flatMap((cell) => cell[key] ?? []))];
