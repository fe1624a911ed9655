import { sql } from 'kysely';
import type { Executor } from '../../db/database.ts';
import { noValue } from '../../search/filter.ts';
import type { BucketSteps, Known, Live } from '../trend.ts';

/** What is known of an account's counts, as it is kept; moments are the database's. */
export type Ledger = {
  accountId: string;
  knownFrom: Date;
  /** Days are closed up to here, the beginning of a day in `zone`; null where none is yet. */
  closedUntil: Date | null;
  zone: string | null;
  madeUpUntil: Date | null;
};

/** What is known of these accounts, and the database's clock. Accounts that have never been listed are left out. */
export async function findLedgers(db: Executor, accountIds: string[]): Promise<{ ledgers: Ledger[]; now: Date }> {
  const { rows } = await sql<{ ledgers: LedgerRow[] | null; now: Date }>`
    select clock_timestamp() as now, (
      select jsonb_agg(jsonb_build_object('accountId', account_id, 'knownFrom', known_from, 'closedUntil', closed_until,
        'zone', zone, 'madeUpUntil', made_up_until) order by account_id)
      from count_ledgers where account_id = any(${accountIds})) as ledgers`.execute(db);
  const [row] = rows;
  return { ledgers: (row?.ledgers ?? []).map(ledgerFrom), now: row?.now ?? new Date() };
}

type LedgerRow = {
  accountId: string;
  knownFrom: string;
  closedUntil: string | null;
  zone: string | null;
  madeUpUntil: string | null;
};

const ledgerFrom = (row: LedgerRow): Ledger => ({
  ...row,
  knownFrom: new Date(row.knownFrom),
  closedUntil: row.closedUntil === null ? null : new Date(row.closedUntil),
  madeUpUntil: row.madeUpUntil === null ? null : new Date(row.madeUpUntil),
});

/** What is known of each of these accounts, as callers are told, in their order. */
export function knownOf(accountIds: string[], ledgers: Ledger[]): Known[] {
  const byId = new Map(ledgers.map((ledger) => [ledger.accountId, ledger]));
  return accountIds.map((accountId) => {
    const ledger = byId.get(accountId);
    return {
      accountId,
      knownFrom: ledger?.knownFrom.toISOString() ?? null,
      madeUpUntil: ledger?.madeUpUntil?.toISOString() ?? null,
    };
  });
}

/** Takes hold of what is known of one account for the rest of the transaction; undefined where another process has it. */
export async function holdLedger(trx: Executor, accountId: string): Promise<Ledger | undefined> {
  const row = await trx
    .selectFrom('count_ledgers')
    .selectAll()
    .where('account_id', '=', accountId)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst();
  return (
    row && {
      accountId,
      knownFrom: row.known_from,
      closedUntil: row.closed_until,
      zone: row.zone,
      madeUpUntil: row.made_up_until,
    }
  );
}

/** A license in SQL as counts name it. */
export const named = (license: ReturnType<typeof sql>) => sql<string>`coalesce(${license}, ${sql.lit(noValue)})`;

/** Both sides of movements that change who has which license: one person less there, one more here. */
export const sidesOfMovements = sql`
  cross join lateral (values (movements.from_license, -1), (movements.to_license, 1)) side (license, step)`;

export const isCounted = sql`(
  (movements.kind = 'moved' and movements.from_license is distinct from movements.to_license)
  or (movements.kind = 'joined' and side.step = 1) or (movements.kind = 'left' and side.step = -1))`;

/**
 * What these accounts have now, and what happened to each license in buckets of time: bucket 0 begins with the first bound, and the
 * last one has no end. All of one moment: no step is counted that the numbers of now do not know.
 */
export async function findSteps(
  db: Executor,
  accountIds: string[],
  bounds: Date[],
): Promise<{ live: Live[]; steps: BucketSteps[] }> {
  const [first] = bounds;
  if (!first || accountIds.length === 0) return { live: [], steps: [] };
  const { rows } = await sql<StepsRow>`
    with live as (
      select account_id, ${named(sql`license`)} as license, sum(people)::bigint as people
      from user_counts where account_id = any(${accountIds}) group by 1, 2
    ), steps as (
      select movements.account_id, ${named(sql`side.license`)} as license, movements.at, sum(step) as net,
        count(*) filter (where kind = 'moved' and step = 1 and by is not null) as came_inside,
        count(*) filter (where kind = 'moved' and step = 1 and by is null) as came_outside,
        count(*) filter (where kind = 'moved' and step = -1 and by is not null) as went_inside,
        count(*) filter (where kind = 'moved' and step = -1 and by is null) as went_outside,
        count(*) filter (where kind = 'joined') as joined,
        count(*) filter (where kind = 'left') as gone
      from count_ledgers join movements
        on movements.account_id = count_ledgers.account_id and movements.at >= count_ledgers.known_from
        ${sidesOfMovements}
      where count_ledgers.account_id = any(${accountIds}) and movements.at >= ${first} and ${isCounted}
      group by 1, 2, 3
    ), counted as (
      select steps.*, coalesce(live.people, 0) - coalesce(sum(net) over (
          partition by steps.account_id, steps.license order by at desc rows between unbounded preceding and 1 preceding
        ), 0) as people
      from steps left join live on live.account_id = steps.account_id and live.license = steps.license
    )
    select account_id, license, width_bucket(at, ${bounds}::timestamptz[]) - 1 as bucket, min(people) as lowest,
      max(people) as highest, sum(came_inside) as came_inside, sum(came_outside) as came_outside,
      sum(went_inside) as went_inside, sum(went_outside) as went_outside, sum(joined) as joined, sum(gone) as gone,
      null as people
    from counted group by 1, 2, 3
    union all
    select account_id, license, null, null, null, null, null, null, null, null, null, people from live`.execute(db);
  const live: Live[] = [];
  const steps: BucketSteps[] = [];
  for (const { account_id: accountId, license, bucket, people, ...row } of rows) {
    if (bucket === null) live.push({ accountId, license, people: Number(people) });
    else
      steps.push({
        accountId,
        license,
        bucket,
        lowest: Number(row.lowest),
        highest: Number(row.highest),
        cameInside: Number(row.came_inside),
        cameOutside: Number(row.came_outside),
        wentInside: Number(row.went_inside),
        wentOutside: Number(row.went_outside),
        joined: Number(row.joined),
        left: Number(row.gone),
      });
  }
  return { live, steps };
}

type StepsRow = {
  account_id: string;
  license: string;
  bucket: number | null;
  lowest: string | null;
  highest: string | null;
  came_inside: string | null;
  came_outside: string | null;
  went_inside: string | null;
  went_outside: string | null;
  joined: string | null;
  gone: string | null;
  people: string | null;
};
