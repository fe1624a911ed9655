import type { Price, Terms } from './price.ts';

/** A month with prices in two currencies: `2026-11`. */
export type MixedMonth = { code: 'two-currencies'; month: string; currencies: [string, string] };

const firstOfMonth = (day: string) => day.endsWith('-01');

/** The earliest month in which these prices are of two currencies; undefined where there is none. */
export function mixedMonth(prices: Pick<Terms, 'validFrom' | 'currency'>[]): MixedMonth | undefined {
  const ordered = prices.toSorted((one, other) => (one.validFrom < other.validFrom ? -1 : 1));
  for (const [index, { validFrom, currency }] of ordered.entries()) {
    const before = ordered[index - 1];
    if (before && before.currency !== currency && !firstOfMonth(validFrom)) {
      return { code: 'two-currencies', month: validFrom.slice(0, 7), currencies: [before.currency, currency] };
    }
  }
  return undefined;
}

/** Whether a price may be withdrawn: the others must not leave a month with two currencies. */
export const leftMixed = (prices: Price[], id: string): MixedMonth | undefined =>
  mixedMonth(prices.filter((price) => price.withdrawn === null && price.id !== id));

/** The price that holds on a day: the last one that began by then; undefined before the first. */
export function priceOn<One extends Pick<Price, 'validFrom' | 'withdrawn'>>(
  prices: One[],
  day: string,
): One | undefined {
  return prices
    .filter(({ validFrom, withdrawn }) => withdrawn === null && validFrom <= day)
    .reduce<One | undefined>((last, one) => (last && last.validFrom > one.validFrom ? last : one), undefined);
}
