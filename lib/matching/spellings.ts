import { streamSafe } from '../plain-text.ts';
import { foldForSearch } from './fold.ts';

/** German and Scandinavian letters, as they are typed where the keyboard has none of them. */
const withE: Record<string, string> = { ä: 'ae', ö: 'oe', ü: 'ue', ø: 'oe' };

/**
 * How else people write the words of a text, folded for the search: `Müller` also as `mueller`, `Ødegård` as `odegaard`,
 * `oedegard` and `oedegaard`, `O’Brien` as `obrien`.
 */
export function otherSpellings(text: string): string[] {
  return [...new Set(wordsWithSpellings(text).flatMap(([, ...others]) => others))];
}

/** The words of a text, folded for the search, each once and with its other spellings behind it. */
export function wordsWithSpellings(text: string): string[][] {
  const readings = readingsOf(streamSafe(text).normalize('NFC').toLowerCase());
  const [own = [], ...others] = readings.map((reading) => foldForSearch(reading).split(' '));
  const words = own.map((word, place) => spellingsOf([word, ...others.flatMap((reading) => reading[place] ?? [])]));
  return [...new Map(words.map((spellings) => [spellings[0], spellings])).values()];
}

/** A text in small letters as it stands, with `e` for two dots or a stroke, with `aa` for `å`, and with both. */
function readingsOf(text: string): string[] {
  const e = text.replace(/[äöüø]/g, (letter) => withE[letter] ?? letter);
  return [...new Set([text, e, text.replaceAll('å', 'aa'), e.replaceAll('å', 'aa')])];
}

const spellingsOf = (word: string[]): string[] => {
  const all = [...word, ...word.map((spelling) => spelling.replaceAll("'", ''))];
  return [...new Set(all.filter((spelling) => spelling !== ''))];
};
