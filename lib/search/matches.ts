import { foldForSearch } from '../matching/fold.ts';
import { wordsOf } from '../matching/search-terms.ts';

/** A piece of a text, and whether the search found it. */
export type Piece = { text: string; isMatch: boolean };

/**
 * A text in pieces, with everything marked that a word of the search stands for, accents, letter case and other spellings
 * aside. The pieces together are the text.
 */
export function piecesOf(text: string, search: string): Piece[] {
  const words = lastWords(search);
  if (words.length === 0) return [{ text, isMatch: false }];
  const letters = [...text];
  const marked = new Array<boolean>(letters.length).fill(false);
  for (const fold of hasOtherSpellings(text) ? folds : [plain]) markIn(letters.map(fold), words, marked);
  return joined(letters, marked);
}

/** Marks the letters whose folds make up a word somewhere. */
function markIn(folded: string[], words: string[], marked: boolean[]) {
  const whole = folded.join('');
  const letterAt = folded.flatMap((fold, letter) => new Array<number>(fold.length).fill(letter));
  for (const word of words) {
    for (let at = whole.indexOf(word); at >= 0; at = whole.indexOf(word, at + word.length)) {
      const first = letterAt[at] ?? 0;
      const last = letterAt[at + word.length - 1] ?? first;
      marked.fill(true, first, last + 1);
      for (let next = last + 1; folded[next] === ''; next += 1) marked[next] = true; // accents that stand by themselves
    }
  }
}

function joined(letters: string[], marked: boolean[]): Piece[] {
  const pieces: Piece[] = [];
  letters.forEach((letter, place) => {
    const isMatch = marked[place] ?? false;
    const last = pieces.at(-1);
    if (last?.isMatch === isMatch) last.text += letter;
    else pieces.push({ text: letter, isMatch });
  });
  return pieces.length > 0 ? pieces : [{ text: '', isMatch: false }];
}

type Fold = (letter: string) => string;

const foldsOfLetters = new Map<string, string>();

/** One letter as the search compares it; kept, because fifty rows are marked at each keystroke. */
const plain: Fold = (letter) => {
  const known = foldsOfLetters.get(letter);
  if (known !== undefined) return known;
  const fold = /\s/.test(letter) ? ' ' : foldForSearch(letter);
  foldsOfLetters.set(letter, fold);
  return fold;
};

const withE: Fold = (letter) => (/[äöüøÄÖÜØ]/.test(letter) ? `${plain(letter)}e` : plain(letter));
const withAa =
  (fold: Fold): Fold =>
  (letter) =>
    /[åÅ]/.test(letter) ? 'aa' : fold(letter);
const withoutApostrophes: Fold = (letter) => (plain(letter) === "'" ? '' : plain(letter));

const folds: Fold[] = [plain, withE, withAa(plain), withAa(withE), withoutApostrophes];

/** Plain letters without an apostrophe have one spelling. */
const hasOtherSpellings = (text: string) => !/^[ -&(-_a-~]*$/.test(text);

let last: { search: string; words: string[] } = { search: '', words: [] };

/** The words of a search with all their spellings; those of the last one are kept, because every row asks for them. */
function lastWords(search: string): string[] {
  if (last.search !== search) last = { search, words: wordsOf(search).flat() };
  return last.words;
}
