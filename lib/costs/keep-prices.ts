import { randomUUID } from 'node:crypto';
import { recordEntry } from '../audit/store.ts';
import type { Database } from '../db/database.ts';
import { Refusal } from '../failures.ts';
import { type PriceInput, readPrice } from './input.ts';
import { decimal, type Price, type Terms } from './price.ts';
import { leftMixed } from './prices.ts';
import { addPrice, holdPrices, listPrices, markWithdrawn } from './prices-store.ts';

/** Who asks, and under which ID. */
type By = { operator: { id: string; name: string; role: string }; requestId: string };

/**
 * Adds a price. Refuses with `invalid` one that `readPrice` does not take, with the prices that there are by then. Answers all
 * prices.
 */
export function enterPrice(db: Database, input: PriceInput, { operator, requestId }: By): Promise<Price[]> {
  return db.transaction().execute(async (trx) => {
    await holdPrices(trx);
    const read = readPrice(input, await listPrices(trx));
    if ('code' in read) throw new Refusal('invalid', `The price is refused: ${read.code}.`);
    const { terms, source } = read;
    await addPrice(trx, { id: randomUUID(), ...terms, source }, operator);
    await recordEntry(trx, { action: 'price-enter', operator, requestId, why: inWords({ ...terms, source }) });
    return listPrices(trx);
  });
}

/**
 * Withdraws a price: it counts no more, and stays in the list. Refuses with `invalid` where that would leave a month with two
 * currencies. Answers all prices; where there is no such price, nothing happens.
 */
export function withdrawPrice(db: Database, id: string, { operator, requestId }: By): Promise<Price[]> {
  return db.transaction().execute(async (trx) => {
    await holdPrices(trx);
    const prices = await listPrices(trx);
    const price = prices.find((one) => one.id === id && one.withdrawn === null);
    if (!price) return prices;
    const mixed = leftMixed(prices, id);
    if (mixed) throw new Refusal('invalid', `Without this price, ${mixed.month} has two currencies.`);
    await markWithdrawn(trx, id, operator);
    await recordEntry(trx, { action: 'price-withdraw', operator, requestId, why: inWords(price) });
    return listPrices(trx);
  });
}

/** The price as the audit keeps it. */
function inWords({ currency, decimals, perDay, capPerMonth, validFrom, source }: Terms & { source: string }): string {
  const amount = (value: bigint) => `${currency} ${decimal(value, decimals)}`;
  return `${amount(perDay)} a day, at most ${amount(capPerMonth)} a month, from ${validFrom}. Source: ${source}`;
}
