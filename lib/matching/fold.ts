import { streamSafe } from '../plain-text.ts';

const marks = /\p{M}+/gu;

/** Letters that no decomposition takes apart, as they are typed where the keyboard has none of them. */
const plainLetters: Record<string, string> = {
  ß: 'ss',
  ł: 'l',
  đ: 'd',
  ø: 'o',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
  þ: 'th',
  ð: 'd',
  ħ: 'h',
};
const foreignLetters = new RegExp(`[${Object.keys(plainLetters).join('')}]`, 'g');

/** Marks that say which way a line is read, and the like: copied along with a name, seen by nobody. */
const invisible = /\p{Cf}+/gu;

/** Apostrophes as word processors and other keyboards write them. */
const apostrophes = /[\u2018\u2019\u201b\u02b9\u02bb\u02bc\u2032\u0060\u00b4\uff07]/g;

/** Text as the search compares it: accents and case folded, runs of white space as one blank. */
export function foldForSearch(text: string): string {
  return streamSafe(text)
    .replace(apostrophes, "'") // before NFKD, which takes an accent that stands alone for a blank
    .normalize('NFKD')
    .replace(marks, '')
    .replace(invisible, '')
    .toLowerCase()
    .replace(foreignLetters, (letter) => plainLetters[letter] ?? letter)
    .replace(/\s+/g, ' ')
    .trim();
}
