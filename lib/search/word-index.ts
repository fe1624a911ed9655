/** How an index finds the people who have a word in them; `scan`: no index does. */
export type WordIndex =
  | { by: 'trigrams' }
  /** A short word: `key` is one of the row's short words. */
  | { by: 'short'; key: string }
  /** Two letters of ASCII: followed by ASCII, at the end, or followed by another letter, for which `key` stands. */
  | { by: 'pair'; followed: string; key: string }
  | { by: 'scan' };

/** See the migration `0007-search` for what the index of short words holds. */
export function indexOf(word: string): WordIndex {
  const letters = [...word];
  if (letters.length > 2) return hasTrigram(word) ? { by: 'trigrams' } : { by: 'scan' };
  const foreign = letters.filter((letter) => !isAscii(letter));
  const [first] = foreign;
  if (first !== undefined) return { by: 'short', key: foreign.length === letters.length ? word : first };
  if (!/^[a-z0-9]{2}$/.test(word)) return { by: 'scan' };
  return { by: 'pair', followed: `${word}[!-~ ]`, key: `${word.charAt(1)}*` };
}

/** A word as a pattern of LIKE that finds it anywhere. */
export function anywhere(word: string): string {
  return `%${likeText(word)}%`;
}

/** A word as a pattern of LIKE that finds it at the end. */
export function atTheEnd(word: string): string {
  return `%${likeText(word)}`;
}

const likeText = (word: string) => word.replace(/[\\%_]/g, '\\$&');

/** pg_trgm takes three letters or digits in a row out of a pattern, or two beside any other sign. */
const hasTrigram = (word: string) =>
  /[\p{L}\p{N}]{3}|[\p{L}\p{N}]{2}[^\p{L}\p{N}]|[^\p{L}\p{N}][\p{L}\p{N}]{2}/u.test(word);

const isAscii = (letter: string) => letter <= '\x7f';
