export const language = 'en-GB';

const plurals = new Intl.PluralRules(language);

const numerals = new Intl.NumberFormat(language);

export const isOne = (count: number) => plurals.select(count) === 'one';

/** "1 person", "4,997 people". */
export const counted = (count: number, one: string, many: string) =>
  `${numerals.format(count)} ${isOne(count) ? one : many}`;

export const number = (value: number) => numerals.format(value);

const formats = new Map<string, Intl.DateTimeFormat>();

function format(at: string | number, zone: string | undefined, options: Intl.DateTimeFormatOptions): string {
  const key = JSON.stringify([zone, options]);
  const known = formats.get(key) ?? new Intl.DateTimeFormat(language, { ...options, timeZone: zone });
  formats.set(key, known);
  return known.format(new Date(at));
}

/** A moment to the second, with its zone. */
export const exactly: Intl.DateTimeFormatOptions = {
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
  date: (at: string | number, zone?: string) => format(at, zone, { day: 'numeric', month: 'long', year: 'numeric' }),
  /** A moment within the next days by its weekday, a later one by its date. */
  soon: (at: string | number, zone?: string) =>
    new Date(at).getTime() - Date.now() < 6 * 86_400_000
      ? format(at, zone, { weekday: 'short', hour: '2-digit', minute: '2-digit' })
      : format(at, zone, { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' }),
  exact: (at: string | number, zone?: string) => format(at, zone, exactly),
  ago: (minutes: number) =>
    minutes < 120
      ? `${counted(minutes, 'minute', 'minutes')} ago`
      : minutes < 2880
        ? `${counted(Math.floor(minutes / 60), 'hour', 'hours')} ago`
        : `${counted(Math.floor(minutes / 1440), 'day', 'days')} ago`,
};

const planNames: Record<string, string> = { Basic: 'Basic', Plus: 'Plus', Pro: 'Pro', ProTrial: 'Pro trial' };

export const plan = (license: string | null) => (license === null ? 'Unknown' : (planNames[license] ?? license));

const statusNames: Record<string, string> = {
  registered: 'Registered',
  invited: 'Invitation pending',
  suspended: 'Suspended',
  unregistered: 'Not registered',
};

export const status = (value: string) => statusNames[value] ?? value;

/** An operator by name; with the user name too where another operator has the same name. */
export const operatorName = ({ name, login }: { name: string; login: string | null }) =>
  login === null ? name : `${name} (${login})`;

export const common = {
  retry: 'Try again',
  close: 'Close',
  copy: 'Copy',
  copied: 'Copied',
};
