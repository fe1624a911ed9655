import { foldForSearch } from './fold.ts';
import { otherSpellings } from './spellings.ts';

/**
 * A regular expression of PostgreSQL that finds a word of a search in text as people write it: in any case, with accents and
 * apostrophes, and in its other spellings. So a table whose text is not kept folded can be searched like the mirror.
 */
export function patternOf(word: string): string {
  const { single, double } = writtenAs();
  let pattern = '';
  for (let rest = foldForSearch(word); rest !== ''; ) {
    const [one = '', two = ''] = rest;
    const letters = double.get(one + two);
    const asOne = `${oneOf(single.get(one) ?? [one])}${between}`;
    if (letters) pattern += `(?:${asOne}${oneOf(single.get(two) ?? [two])}|${oneOf(letters)})${between}`;
    else pattern += asOne;
    rest = rest.slice(letters ? one.length + two.length : one.length);
  }
  return pattern;
}

/** Accents that stand behind their letter, apostrophes, and marks that nobody sees. */
const between = String.raw`[\u0300-\u036f\u200b-\u200f'’‘]*`;

const oneOf = (letters: string[]) =>
  letters.length > 1 ? `[${letters.map(plain).join('')}]` : letters.map(plain).join('');

/** In a class as well as outside, a sign that is no letter means itself behind a backslash. */
const plain = (letter: string) => (/[\p{L}\p{N}\p{M}]/u.test(letter) ? letter : `\\${letter}`);

type Written = { single: Map<string, string[]>; double: Map<string, string[]> };

let written: Written | undefined;

/** Which letters the search takes for one letter, and which for two; beyond the last alphabets each stands for itself. */
function writtenAs(): Written {
  written ??= collected();
  return written;
}

const lastOfAlphabets = 0x1fff;

function collected(): Written {
  const [single, double] = [new Map<string, string[]>(), new Map<string, string[]>()];
  for (let code = 0x21; code <= lastOfAlphabets; code += 1) {
    const letter = String.fromCharCode(code);
    const folded = foldForSearch(letter);
    if (!/[\p{L}\p{N}]/u.test(letter) && folded !== "'") continue;
    for (const spelling of new Set([folded, ...otherSpellings(letter)])) {
      const letters = [...spelling].length === 1 ? single : double;
      if ([...spelling].length <= 2) letters.set(spelling, [...(letters.get(spelling) ?? []), letter]);
    }
  }
  return { single, double };
}
