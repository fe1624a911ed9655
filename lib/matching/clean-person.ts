import { isAddress, type PersonRef, uuidFrom } from './person-ref.ts';

/**
 * Why nobody can be read from a piece of text. neither: it holds no e-mail address and no user ID. several: it holds more
 * than one of them.
 */
type Unreadable = 'empty' | 'neither' | 'several' | 'too-long';

export type Cleaned = { ref: PersonRef } | { unreadable: Unreadable };

/** Longer texts are not one person: an address has at most 320 characters, and a name stands beside it. */
const longestText = 2_000;

/**
 * The person in one piece of text as people copy it: an address or a user ID, with or without a name, quotation marks,
 * brackets, `mailto:`, `smtp:`, a trailing mark and invisible characters around it. An address in angle brackets counts
 * before one in the name. `column`: where a column is known to hold user IDs, a word without a digit is one too.
 */
export function cleanPerson(text: string, column: 'any' | 'userId' = 'any'): Cleaned {
  if (text.length > longestText) return { unreadable: 'too-long' };
  const bare = trimmed(visible(text));
  if (bare === '') return { unreadable: 'empty' };
  const { addresses, uuids, id } = namesIn(text);
  if (addresses.length > 1 || uuids.length > 1) return { unreadable: 'several' };
  const [email = null] = addresses;
  const [userId = id] = uuids;
  if (email !== null || userId !== null) return { ref: { userId, email, upn: null } };
  if (column === 'userId' && chimeId.test(bare)) return { ref: { userId: bare, email: null, upn: null } };
  return { unreadable: 'neither' };
}

/**
 * The addresses and user IDs in a piece of text, each once. Addresses in angle brackets come before others, which belong to
 * a name then. `id`: an ID that is no UUID, where nothing else is in the text; a word without a digit is none.
 */
export function namesIn(text: string): { addresses: string[]; uuids: string[]; id: string | null } {
  const plain = visible(text);
  const bare = trimmed(plain);
  if (isOneAddress(bare)) return { addresses: [bare], uuids: [], id: null };
  const id = /\d/.test(bare) && chimeId.test(bare) ? bare : null;
  if (bare.length < shortestUuid && !plain.includes('@')) return { addresses: [], uuids: [], id };
  const words = wordsOf(plain);
  const bracketed = plain.includes('>') ? addressesIn(wordsOf(inAngleBrackets(plain))) : [];
  const addresses = bracketed.length > 0 ? bracketed : addressesIn(words);
  const uuids = distinct(words.flatMap((word) => uuidFrom(word) ?? []));
  return { addresses, uuids, id: uuids.length === 0 ? id : null };
}

/** The usual case, which a long list repeats: an address, and at most marks around it. */
const isOneAddress = (bare: string): boolean => !severalOrScheme.test(bare) && isAddress(bare);

/** What ends a word, separates people, or may be a scheme before an address. */
const severalOrScheme = /[\s|<>,;:]/;

/** Its digits, without dashes. */
const shortestUuid = 32;

const chimeId = /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,62}[A-Za-z0-9])?$/;

/** A text without characters that are not seen, and with the @ of Asian keyboards as an @. */
export const visible = (text: string): string =>
  isPlainAscii.test(text)
    ? text
    : text
        .toWellFormed()
        .replaceAll('\0', ' ')
        .replace(/\p{Cf}+/gu, '')
        .replaceAll('＠', '@');

const isPlainAscii = /^[\t-\x7f]*$/;

/** Marks that no address and no user ID begins or ends with, as keyboards and programs put them around. */
const marksAround = new Set('"\'`´“”„‟‘’‚‛«»‹›()[]{}<>');
const marksAfter = new Set('.,;:!…');

/** A text without what stands around an address or an ID. */
export function trimmed(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isAround(text, start)) start += 1;
  while (end > start && (isAround(text, end - 1) || marksAfter.has(text.charAt(end - 1)))) end -= 1;
  return text.slice(start, end);
}

/** Also the sign of a formula where a quotation mark follows: Excel is handed `="ana@example.com"`. */
function isAround(text: string, at: number): boolean {
  const sign = text.charAt(at);
  return marksAround.has(sign) || sign.trim() === '' || (sign === '=' && marksAround.has(text.charAt(at + 1)));
}

/** The words of a text that could be an address or an ID, without what stands around them. */
const wordsOf = (text: string): string[] => text.split(/[\s|<>]+/).flatMap(partsOf);

/** `ana@x,ben@x` are two; of `ana,silva@x` no part is taken for the whole. */
function partsOf(word: string): string[] {
  const parts = (/[,;]/.test(word) ? word.split(/[,;]+/) : [word])
    .map((part) => trimmed(withoutScheme(trimmed(part))))
    .filter((part) => part !== '');
  return parts.length > 1 && !parts.every(isAddress) ? [] : parts;
}

/** A link says `mailto:` before an address and may ask something after it; a directory says `SMTP:`. */
function withoutScheme(word: string): string {
  if (!word.includes(':')) return word;
  const bare = word.replace(/^(?:mailto|smtp|sip):/i, '');
  return bare.length < word.length ? (bare.split('?', 1)[0] ?? '') : bare;
}

const addressesIn = (words: string[]): string[] => distinct(words.filter(isAddress));

/** Each once, whatever its case. */
function distinct(words: string[]): string[] {
  return [...new Map(words.map((word) => [word.toLowerCase(), word])).values()];
}

/** What stands between `<` and `>`, with blanks between. */
const inAngleBrackets = (text: string): string =>
  Array.from(text.matchAll(/<([^<>]*)>/g), ([, inside = '']) => inside).join(' ');
