import { sql } from 'kysely';
import type { Executor } from '../../db/database.ts';
import { dayOf, startOfDay } from '../calendar.ts';
import type { Live } from '../trend.ts';
import { findDay } from './days-store.ts';
import { isCounted, type Ledger, named, sidesOfMovements } from './ledger-store.ts';

/**
 * How many people had which license at a moment, by account; every account must have been known then. From the beginning of a
 * closed day on, else back from now.
 */
export async function countsAt(db: Executor, ledgers: Ledger[], at: Date, zone: string): Promise<Live[]> {
  const day = dayOf(at, zone);
  const start = startOfDay(day, zone) ?? at;
  const isClosed = (ledger: Ledger) =>
    ledger.closedUntil !== null && ledger.zone === zone && start < ledger.closedUntil;
  const closed = ledgers.filter(isClosed).map(({ accountId }) => accountId);
  const open = ledgers.filter((ledger) => !isClosed(ledger)).map(({ accountId }) => accountId);

  const counts: Live[] = [];
  if (open.length > 0) counts.push(...(await countBack(db, open, at)));
  if (closed.length > 0) {
    const opened = await findDay(db, closed, day);
    const opening = closed.flatMap((accountId) =>
      [...(opened.get(accountId) ?? [])].map(([license, level]) => ({
        accountId,
        license,
        people: level.opening,
      })),
    );
    counts.push(...addUp([...opening, ...(await findSum(db, closed, start, at))]));
  }
  return counts.filter(({ people }) => people !== 0);
}

/** What these accounts have now. */
export const countsNowOf = (db: Executor, accountIds: string[]): Promise<Live[]> =>
  countBack(db, accountIds, undefined);

/** What there is now without what happened since a moment, all of one moment. */
async function countBack(db: Executor, accountIds: string[], at: Date | undefined): Promise<Live[]> {
  const { rows } = await sql<LiveRow>`
    select account_id as "accountId", license, sum(people) as people from (
      select account_id, ${named(sql`license`)} as license, people from user_counts where account_id = any(${accountIds})
      ${
        at
          ? sql`union all
            select movements.account_id, ${named(sql`side.license`)}, -step from movements ${sidesOfMovements}
            where movements.account_id = any(${accountIds}) and movements.at >= ${at} and ${isCounted}`
          : sql``
      }
    ) both_ways group by 1, 2 having sum(people) <> 0`.execute(db);
  return rows.map(liveFrom);
}

async function findSum(db: Executor, accountIds: string[], from: Date, until: Date): Promise<Live[]> {
  const { rows } = await sql<LiveRow>`
    select movements.account_id as "accountId", ${named(sql`side.license`)} as license, sum(step) as people
    from count_ledgers join movements
      on movements.account_id = count_ledgers.account_id and movements.at >= count_ledgers.known_from
      ${sidesOfMovements}
    where count_ledgers.account_id = any(${accountIds}) and movements.at >= ${from} and movements.at < ${until}
      and ${isCounted}
    group by 1, 2`.execute(db);
  return rows.map(liveFrom);
}

type LiveRow = Omit<Live, 'people'> & { people: string };

const liveFrom = (row: LiveRow): Live => ({ ...row, people: Number(row.people) });

function addUp(counts: Live[]): Live[] {
  const sums = new Map<string, Live>();
  for (const one of counts) {
    const key = JSON.stringify([one.accountId, one.license]);
    sums.set(key, { ...one, people: one.people + (sums.get(key)?.people ?? 0) });
  }
  return [...sums.values()];
}

/** So many people of each license, all accounts together. */
export function totalsOf(counts: Live[]): Record<string, number> {
  const totals = new Map<string, number>();
  for (const { license, people } of counts) totals.set(license, (totals.get(license) ?? 0) + people);
  return Object.fromEntries([...totals].filter(([, people]) => people !== 0));
}
