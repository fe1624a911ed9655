import type { Price } from './price.ts';
import { priceOn } from './prices.ts';

/** Days that follow each other and have one price, or none: `from` and `until` are places in the list of days. */
export type PricedDays = { from: number; until: number; price: Price | null };

/** People who had Pro on as many of the days of each `PricedDays`, in their order. */
export type ProDays = { days: number[]; people: number };

/** The same with the number of days on which each of them hosted, by a file. */
export type HostedDays = ProDays & { hosted: number };

/** Amounts of the smallest unit of one currency. */
export type CostRange = { currency: string; decimals: number; lowest: bigint; highest: bigint };

/** Cuts days at the beginning of each price. */
export function pricedDays(days: string[], prices: Price[]): PricedDays[] {
  const parts: PricedDays[] = [];
  for (const [index, day] of days.entries()) {
    const price = priceOn(prices, day) ?? null;
    const last = parts.at(-1);
    if (last && last.price?.id === price?.id) last.until = index + 1;
    else parts.push({ from: index, until: index + 1, price });
  }
  return parts;
}

/** The prices among them. A month has one currency. */
const termsIn = (parts: PricedDays[]): Price[] => parts.flatMap(({ price }) => price ?? []);

/**
 * What the days of a calendar month can cost: at most, everybody hosted on each day on which they had Pro; at least, only on the
 * days that a file names, which is none without a file. Each person costs a month's cap at most: where the price changes within a
 * month, the higher cap counts for the highest amount, and the lower one for the lowest. Days without a price cost nothing
 * here; null where no day has one.
 */
export function costRange(parts: PricedDays[], people: ProDays[], hosts: HostedDays[]): CostRange | null {
  const terms = termsIn(parts);
  const [first] = terms;
  if (!first) return null;
  const caps = terms.map(({ capPerMonth }) => capPerMonth);
  const [lowCap, highCap] = [least(caps), greatest(caps)];
  const highest = sum(
    people.map(({ days, people: count }) => {
      const amount = sum(parts.map(({ price }, index) => BigInt(days[index] ?? 0) * (price?.perDay ?? 0n)));
      return BigInt(count) * least([amount, highCap]);
    }),
  );
  const lowest = sum(hosts.map((host) => BigInt(host.people) * least([hostedAtLeast(parts, host), lowCap])));
  return { currency: first.currency, decimals: first.decimals, lowest, highest };
}

/**
 * What so many hosted days cost at least: they are taken to be the cheapest of the days with Pro, those without a price first. More
 * hosted days than days with Pro cost nothing more.
 */
function hostedAtLeast(parts: PricedDays[], { days, hosted }: HostedDays): bigint {
  const cheapest = parts
    .map(({ price }, index) => ({ perDay: price?.perDay ?? 0n, days: days[index] ?? 0 }))
    .toSorted((one, other) => (one.perDay < other.perDay ? -1 : 1));
  let left = hosted;
  let amount = 0n;
  for (const { perDay, days: there } of cheapest) {
    const taken = Math.min(left, there);
    amount += BigInt(taken) * perDay;
    left -= taken;
  }
  return amount;
}

const sum = (amounts: bigint[]): bigint => amounts.reduce((total, amount) => total + amount, 0n);

const least = (amounts: bigint[]): bigint => amounts.reduce((lowest, amount) => (amount < lowest ? amount : lowest));

const greatest = (amounts: bigint[]): bigint =>
  amounts.reduce((highest, amount) => (amount > highest ? amount : highest));

/** How many people had Pro on any of the days. */
export const peopleIn = (people: ProDays[]): number =>
  people.reduce((total, { days, people: count }) => total + (days.some((number) => number > 0) ? count : 0), 0);

/** Whether the price changes within these days. */
export const hasTwoCaps = (parts: PricedDays[]): boolean =>
  new Set(termsIn(parts).map(({ capPerMonth }) => capPerMonth)).size > 1;
