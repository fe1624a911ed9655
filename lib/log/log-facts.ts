/**
 * What may stand in a log: IDs, codes, counts and places in the code. Whatever else is given is left out, also from libraries,
 * so that no name, e-mail or secret gets into a log by way of an error that quotes it.
 */

/** A code of ours or of a library: words and numbers with signs between, no sentence and no random text. */
const code = /^(?:[A-Za-z_]{1,40}|\d{1,15})(?:[-.:](?:[A-Za-z_]{1,40}|\d{1,15}))*$/;
/** PostgreSQL's own, such as 42P01 (SQLSTATE). */
const sqlState = /^[0-9A-Z]{5}$/;
const id = /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,62}[A-Za-z0-9])?$/;
const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?Z$/;
/** An address of a provider, without a name, a query or anything that needs to be escaped. */
const issuer = /^https?:\/\/[a-z0-9.-]{1,100}(?::\d{1,5})?(?:\/[\w.-]{0,60}){0,8}$/i;
/** A page or route as the build names it: `/accounts/[accountId]/users`. */
const route = /^(?:\/(?:[a-z-]{1,40}|\[(?:\.{3})?[A-Za-z]{1,40}\])){1,12}$/;
const personal = /name|mail|password|secret|token|cookie|authorization|credential|pin$|key$/i;

const longestCode = 80;
const leftOut = '[left out]';

/** The facts of a line as they may be logged. */
export function factsForLog(facts: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(facts).map(([name, value]) => [nameForLog(name), valueForLog(name, value)]));
}

const nameForLog = (name: string) => (code.test(name) && name.length <= longestCode ? name : leftOut);

function valueForLog(name: string, value: unknown): unknown {
  if (value instanceof Error) return errorForLog(value);
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (personal.test(name) || typeof value !== 'string') return value === undefined ? undefined : leftOut;
  if (name === 'complaint') return sentenceForLog(value);
  if (name.endsWith('Id') && id.test(value)) return value;
  if (name === 'code' && sqlState.test(value)) return value;
  if (name === 'route' && route.test(value)) return value;
  if (name.endsWith('Issuer') && issuer.test(value)) return value;
  return (code.test(value) && value.length <= longestCode) || moment.test(value) ? value : leftOut;
}

/** A sentence of ours: what looks like an address or like a secret is taken out. */
export function sentenceForLog(text: string): string {
  return text
    .replace(/\S+/g, (word) => (isAddress(word) ? leftOut : word))
    .replace(/[A-Za-z0-9+/_=-]+/g, (word) => (isSecret(word) ? leftOut : word))
    .slice(0, 500);
}

function isAddress(word: string): boolean {
  const at = word.indexOf('@', 1);
  return at > 0 && at < word.length - 1;
}

/** A letter beside a digit, and at least this many signs behind them. */
const restOfSecret = 18;

const isSecret = (word: string) => /\d[A-Za-z]|[A-Za-z]\d/.test(word.slice(0, -restOfSecret));

/** Facts of errors that are codes where they are there at all: PostgreSQL's, the system's, AWS's. */
const codesOf = ['code', 'severity', 'constraint', 'table', 'routine', 'syscall', 'port', 'digest'] as const;

const deepest = 4;

/** An error without its message, which may quote anything: what it is, where it came from, and the same of its cause. */
function errorForLog(error: Error, depth = 0): Record<string, unknown> {
  const facts = new Map<string, unknown>(Object.entries(error));
  const own = facts.get('forLog');
  return {
    type: code.test(error.name) ? error.name : 'Error',
    ...Object.fromEntries(
      codesOf.flatMap((name) => (facts.has(name) ? [[name, valueForLog(name, facts.get(name))]] : [])),
    ),
    ...(typeof own === 'string' && { message: sentenceForLog(own) }),
    at: placesOf(error),
    ...(error.cause instanceof Error && depth < deepest && { cause: errorForLog(error.cause, depth + 1) }),
  };
}

const maxPlaces = 12;

/** Where in the code an error was made. The message stands above that in the same text, and may look like a place itself. */
function placesOf({ name, message, stack = '' }: Error): string[] {
  const end = stack.lastIndexOf(message);
  const below = message === '' ? stack.slice(name.length) : end < 0 ? '' : stack.slice(end + message.length);
  return below
    .split('\n')
    .map(
      (line) =>
        /^ {4}at (?:async )?(?:[\w.<>$[\] ]+ \()?((?:file:\/\/|node:|\/|[A-Z]:\\)[^\s()]+:\d+:\d+)\)?$/.exec(line)?.[1],
    )
    .flatMap((place) => place ?? [])
    .slice(0, maxPlaces);
}
