import type { Translate } from './chosen.ts';

const open = '⟦';
const close = '⟧';

const accents: Record<string, string> = {
  a: 'á',
  c: 'ç',
  e: 'é',
  g: 'ğ',
  i: 'í',
  l: 'ĺ',
  n: 'ñ',
  o: 'ó',
  r: 'ŕ',
  s: 'š',
  t: 'ţ',
  u: 'ú',
  y: 'ý',
  z: 'ž',
  A: 'Á',
  C: 'Ç',
  E: 'É',
  G: 'Ğ',
  I: 'Í',
  N: 'Ñ',
  O: 'Ó',
  R: 'Ŕ',
  S: 'Š',
  T: 'Ţ',
  U: 'Ú',
  Y: 'Ý',
  Z: 'Ž',
};

/** What a translation adds to a text: 40 % of its length, in words that may break. */
function padding(length: number): string {
  const words = ['ěxţŕá', 'ťéxţ'];
  let added = '';
  for (let turn = 0; added.length < Math.round(length * 0.4); turn += 1) added += ` ${words[turn % 2]}`;
  return added;
}

/** The texts that a caller has given; they are data, or already words of the language. */
function givenTexts(given: unknown): string[] {
  if (typeof given === 'string') return given === '' ? [] : [given];
  if (typeof given !== 'object' || given === null) return [];
  return Object.values(given).flatMap(givenTexts);
}

function accented(text: string, kept: string[]): string {
  const [first, ...others] = kept;
  if (first !== undefined) {
    return text
      .split(first)
      .map((part) => accented(part, others))
      .join(first);
  }
  return text.replace(/[A-Za-z]/g, (letter) => accents[letter] ?? letter);
}

function made(value: unknown, given: unknown[]): unknown {
  if (typeof value === 'string') {
    if (value === '') return value;
    const kept = givenTexts(given).toSorted((one, other) => other.length - one.length);
    return `${open}${accented(value, kept)}${padding(value.length)}${close}`;
  }
  if (typeof value === 'function' || (typeof value === 'object' && value !== null)) return pseudoOf(value, given);
  return value;
}

/** Reads as the given texts do, each marked at its beginning and end. */
function pseudoOf<Text extends object>(english: Text, given: unknown[]): Text {
  return new Proxy(english, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      return Object.hasOwn(target, name) ? made(value, given) : value;
    },
    apply(target, self, more) {
      return typeof target === 'function' ? made(Reflect.apply(target, self, more), more) : undefined;
    },
  });
}

/** The pseudo-language: English with other letters, 40 % longer, between marks, with what it is given unchanged. */
export const pseudoText: Translate = (text) => pseudoOf(text, []);
