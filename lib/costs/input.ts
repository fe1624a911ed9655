import { startOfDay } from '../trend/calendar.ts';
import type { Price, Terms } from './price.ts';
import { type MixedMonth, mixedMonth } from './prices.ts';

/** A price as it is typed. */
export type PriceInput = { perDay: string; capPerMonth: string; currency: string; validFrom: string; source: string };

type AmountField = 'perDay' | 'capPerMonth';

export type PriceProblem =
  | { code: 'missing'; field: keyof PriceInput }
  | { code: 'unknown-currency'; text: string }
  | { code: 'negative' | 'too-large'; field: AmountField }
  | { code: 'no-amount'; field: AmountField; text: string }
  | { code: 'too-many-decimals'; field: AmountField; currency: string; decimals: number }
  | { code: 'cap-below-day' }
  | { code: 'no-day'; text: string }
  | { code: 'same-day'; day: string }
  | MixedMonth;

export const longestSource = 200;

/** Larger amounts are refused, so that sums stay readable. */
const longestAmount = 12;

/** How many decimals a currency has (ISO 4217, as the runtime knows it); undefined for what is no currency. */
function decimalsOf(currency: string): number | undefined {
  if (!Intl.supportedValuesOf('currency').includes(currency)) return undefined;
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits;
}

/**
 * Reads a price as it is typed. `prices`: those that there are, with which it must fit: one price begins on a day, and a month has
 * one currency. Amounts have a point before their decimals and nothing between their digits; anything else is refused.
 */
export function readPrice(input: PriceInput, prices: Price[]): { terms: Terms; source: string } | PriceProblem {
  const { perDay, capPerMonth, currency, validFrom, source } = trimmed(input);
  const missing = fields.find((field) => trimmed(input)[field] === '');
  if (missing) return { code: 'missing', field: missing };
  const decimals = decimalsOf(currency.toUpperCase());
  if (decimals === undefined) return { code: 'unknown-currency', text: currency };
  const money = { currency: currency.toUpperCase(), decimals };
  const day = amountFrom('perDay', perDay, money);
  if (typeof day !== 'bigint') return day;
  const cap = amountFrom('capPerMonth', capPerMonth, money);
  if (typeof cap !== 'bigint') return cap;
  if (cap < day) return { code: 'cap-below-day' };
  if (!dayShape.test(validFrom) || !startOfDay(validFrom, 'UTC')) return { code: 'no-day', text: validFrom };
  const terms = { validFrom, ...money, perDay: day, capPerMonth: cap };
  const counting = prices.filter(({ withdrawn }) => withdrawn === null);
  if (counting.some((price) => price.validFrom === validFrom)) return { code: 'same-day', day: validFrom };
  return mixedMonth([...counting, terms]) ?? { terms, source };
}

const fields = ['perDay', 'capPerMonth', 'currency', 'validFrom', 'source'] as const;

/** The years that a price may begin in are those that people live in. */
const dayShape = /^(?:19|20|21)\d\d-\d\d-\d\d$/;

const trimmed = ({ perDay, capPerMonth, currency, validFrom, source }: PriceInput): PriceInput => ({
  perDay: perDay.trim(),
  capPerMonth: capPerMonth.trim(),
  currency: currency.trim(),
  validFrom: validFrom.trim(),
  source: source.trim(),
});

function amountFrom(
  field: AmountField,
  text: string,
  { currency, decimals }: Pick<Terms, 'currency' | 'decimals'>,
): bigint | PriceProblem {
  if (/^[-−]\s*[\d.]/.test(text)) return { code: 'negative', field };
  const [, whole, , fraction = ''] = /^(\d+)(\.(\d+))?$/.exec(text) ?? [];
  if (whole === undefined) return { code: 'no-amount', field, text };
  if (fraction.length > decimals) return { code: 'too-many-decimals', field, currency, decimals };
  if (whole.length > longestAmount) return { code: 'too-large', field };
  return BigInt(`${whole}${fraction.padEnd(decimals, '0')}`);
}
