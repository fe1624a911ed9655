import { sql } from 'kysely';
import type { Executor } from '../db/database.ts';
import { isWithin, originOf } from './comparison/net-store.ts';
import { isCounted, named, sidesOfMovements } from './ledger/ledger-store.ts';
import { answerPeriod, type Period } from './period.ts';
import type { LargestStep, Origin } from './trend.ts';

/**
 * The largest step of one license in a period; null where nothing changed it. Refuses with `invalid` a period that ends before
 * it begins, or begins in the future.
 */
export async function largestStep(
  db: Executor,
  period: Period,
  license: string,
  zone: string,
): Promise<LargestStep | null> {
  const answered = await answerPeriod(db, period);
  const { rows } = await sql<StepRow>`
    with steps as (
      select step, movements.at, ${originOf(sql`movements`)} as origin, batch_id, by,
        case when batch_id is null then (movements.at at time zone ${zone})::date end as day
      from count_ledgers join movements
        on movements.account_id = count_ledgers.account_id and movements.at >= count_ledgers.known_from
        ${sidesOfMovements}
      where count_ledgers.account_id = any(${period.accountIds}) and ${isWithin(answered)} and ${isCounted}
        and ${named(sql`side.license`)} = ${license}
    ), grouped as (
      select origin, batch_id, day, case when origin <> 'ending' then by end as operator_id, sum(step) as change, min(at) as first_at,
        max(at) as last_at
      from steps group by 1, 2, 3, 4 having sum(step) <> 0
      order by abs(sum(step)) desc, max(at) desc limit 1
    )
    select change, (first_at at time zone ${zone})::date::text as day, first_at, last_at, origin, grouped.operator_id,
      coalesce(operators.name, batches.operator_name) as operator_name, batch_id, batches.reason
    from grouped left join operators on operators.id = grouped.operator_id left join batches on batches.id = grouped.batch_id`.execute(
    db,
  );
  const [row] = rows;
  return row ? stepFrom(row, license) : null;
}

type StepRow = {
  change: string;
  day: string;
  first_at: Date;
  last_at: Date;
  origin: Origin;
  operator_id: string | null;
  operator_name: string | null;
  batch_id: string | null;
  reason: string | null;
};

const stepFrom = (row: StepRow, license: string): LargestStep => ({
  license,
  change: Number(row.change),
  day: row.day,
  from: row.first_at.toISOString(),
  until: new Date(row.last_at.getTime() + 1).toISOString(),
  origin: row.origin,
  operator: row.operator_id === null ? null : { id: row.operator_id, name: row.operator_name ?? row.operator_id },
  batch: row.batch_id === null ? null : { id: row.batch_id, reason: row.reason },
});
