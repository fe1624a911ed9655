import { language } from '../locale.ts';

/** A formatter of the chosen language, made when it is first used and again only for another language. */
function byLocale<Format>(make: (tag: string) => Format): () => Format {
  let made: { tag: string; format: Format } | undefined;
  return () => {
    const tag = language();
    if (made?.tag !== tag) made = { tag, format: make(tag) };
    return made.format;
  };
}

const numerals = byLocale((tag) => new Intl.NumberFormat(tag));
const ago = byLocale((tag) => new Intl.RelativeTimeFormat(tag));
const all = byLocale((tag) => new Intl.ListFormat(tag, { type: 'conjunction' }));
const any = byLocale((tag) => new Intl.ListFormat(tag, { type: 'disjunction' }));
const moments = byLocale((tag) => ({ tag, known: new Map<string, Intl.DateTimeFormat>() }));

/** "4,997" */
export const number = (value: number) => numerals().format(value);

const isDecimal = (text: string): text is `${number}` => /^\d+(?:\.\d+)?$/.test(text);

/** "EUR 14,520.00": an amount such as `14520.00`, digit for digit, with as many decimals as it has. */
export function money(amount: string, currency: string): string {
  if (!isDecimal(amount)) throw new TypeError('Not an amount.');
  const decimals = amount.split('.')[1]?.length ?? 0;
  const format = new Intl.NumberFormat(language(), {
    style: 'currency',
    currency,
    currencyDisplay: 'code',
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
  return format.format(amount);
}

/** "A, B and C" */
export const allOf = (names: readonly string[]) => all().format(names);

/** "A, B or C" */
export const anyOf = (names: readonly string[]) => any().format(names);

function moment(zone: string | undefined, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const { tag, known } = moments();
  const key = JSON.stringify([zone, options]);
  const format = known.get(key) ?? new Intl.DateTimeFormat(tag, { ...options, timeZone: zone });
  known.set(key, format);
  return format;
}

const format = (at: string | number, zone: string | undefined, options: Intl.DateTimeFormatOptions) =>
  moment(zone, options).format(new Date(at));

/** A moment to the second, with its zone. */
const exactly: Intl.DateTimeFormatOptions = {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  timeZoneName: 'short',
};

/** Moments, in the reader's zone unless another is named. */
export const when = {
  clock: (at: string | number, zone?: string) => format(at, zone, { hour: '2-digit', minute: '2-digit' }),
  day: (at: string | number, zone?: string) => format(at, zone, { day: 'numeric', month: 'short' }),
  month: (at: string | number, zone?: string) => format(at, zone, { month: 'short', year: 'numeric' }),
  dayAndClock: (at: string | number, zone?: string) =>
    format(at, zone, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' }),
  dateAndClock: (at: string | number, zone?: string) =>
    format(at, zone, { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' }),
  date: (at: string | number, zone?: string) => format(at, zone, { day: 'numeric', month: 'long', year: 'numeric' }),
  /** A moment within the next days by its weekday, a later one by its date. */
  soon: (at: string | number, zone?: string) =>
    new Date(at).getTime() - Date.now() < 6 * 86_400_000
      ? format(at, zone, { weekday: 'short', hour: '2-digit', minute: '2-digit' })
      : format(at, zone, { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' }),
  exact: (at: string | number, zone?: string) => format(at, zone, exactly),
  /** Two moments to the second, with what they have in common said once. */
  range: (from: string, until: string, zone?: string) =>
    moment(zone, exactly).formatRange(new Date(from), new Date(until)),
  ago: (minutes: number) =>
    minutes < 120
      ? ago().format(-minutes, 'minute')
      : minutes < 2880
        ? ago().format(-Math.floor(minutes / 60), 'hour')
        : ago().format(-Math.floor(minutes / 1440), 'day'),
};
