import { sql } from 'kysely';
import type { Executor } from '../db/database.ts';
import type { Price } from './price.ts';

/** All prices, withdrawn ones among them: those that begin last first. */
export async function listPrices(db: Executor): Promise<Price[]> {
  const rows = await db
    .selectFrom('prices')
    .selectAll()
    .select(sql<string>`to_char(valid_from, 'YYYY-MM-DD')`.as('day'))
    .orderBy('valid_from', 'desc')
    .orderBy('entered_at', 'desc')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    validFrom: row.day,
    currency: row.currency,
    decimals: row.decimals,
    perDay: BigInt(row.per_day),
    capPerMonth: BigInt(row.cap_per_month),
    source: row.source,
    enteredBy: row.entered_by_name,
    enteredAt: row.entered_at.toISOString(),
    withdrawn: row.withdrawn_at && { by: row.withdrawn_by_name ?? '', at: row.withdrawn_at.toISOString() },
  }));
}

/** Keeps everybody else from entering or withdrawing prices until the end of the transaction. */
export async function holdPrices(trx: Executor): Promise<void> {
  await sql`lock table prices in share row exclusive mode`.execute(trx);
}

type By = { id: string; name: string };

export async function addPrice(
  trx: Executor,
  price: Pick<Price, 'id' | 'validFrom' | 'currency' | 'decimals' | 'perDay' | 'capPerMonth' | 'source'>,
  by: By,
): Promise<void> {
  await trx
    .insertInto('prices')
    .values({
      id: price.id,
      valid_from: price.validFrom,
      currency: price.currency,
      decimals: price.decimals,
      per_day: String(price.perDay),
      cap_per_month: String(price.capPerMonth),
      source: price.source,
      entered_by: by.id,
      entered_by_name: by.name,
    })
    .execute();
}

export async function markWithdrawn(trx: Executor, id: string, by: By): Promise<void> {
  await trx
    .updateTable('prices')
    .set({ withdrawn_by: by.id, withdrawn_by_name: by.name, withdrawn_at: sql<Date>`clock_timestamp()` })
    .where('id', '=', id)
    .execute();
}
