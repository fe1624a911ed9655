import { sql } from 'kysely';
import type { Executor } from '../../db/database.ts';
import type { Unseen } from './coverage-store.ts';
import { isCounted, named, sidesOfMovements } from './ledger-store.ts';

/** What was seen of one license when a gap ended, by the bucket in which it was seen. `up` and `down` are with those who joined and left. */
export type SeenLate = {
  accountId: string;
  /** When the gap began. */
  from: Date;
  license: string;
  bucket: number;
  up: number;
  down: number;
  joined: number;
  left: number;
};

/**
 * What happened outside Carillon and was seen when these gaps ended; buckets begin with the bounds. Each gap is looked up by itself: of
 * all together PostgreSQL believes that they are a hundred, and reads every step there is.
 */
export async function findSeenLate(db: Executor, gaps: Unseen[], bounds: Date[]): Promise<SeenLate[]> {
  if (gaps.length === 0) return [];
  const given = JSON.stringify(gaps.map(({ accountId, from, until }) => ({ account_id: accountId, from, until })));
  const { rows } = await sql<Record<keyof Omit<SeenLate, 'from' | 'bucket'>, string> & { from: Date; bucket: number }>`
    select gap.account_id as "accountId", gap."from", seen.*
    from jsonb_to_recordset(${given}::jsonb) as gap (account_id text, "from" timestamptz, until timestamptz)
    cross join lateral (
      select ${named(sql`side.license`)} as license, width_bucket(movements.at, ${bounds}::timestamptz[]) - 1 as bucket,
        count(*) filter (where step = 1) as up, count(*) filter (where step = -1) as down,
        count(*) filter (where kind = 'joined') as joined, count(*) filter (where kind = 'left') as left
      from movements ${sidesOfMovements}
      where movements.account_id = gap.account_id and movements.at >= gap."from"
        and movements.at < coalesce(gap.until, 'infinity') and movements.by is null and ${isCounted}
      group by 1, 2
    ) seen`.execute(db);
  return rows.map((row) => ({
    ...row,
    up: Number(row.up),
    down: Number(row.down),
    joined: Number(row.joined),
    left: Number(row.left),
  }));
}
