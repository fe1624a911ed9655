import { namesIn, trimmed } from './clean-person.ts';
import { foldForSearch } from './fold.ts';
import { wordsWithSpellings } from './spellings.ts';

/**
 * The words of a search, each with all its spellings, one of which has to stand somewhere in a person's name, e-mail or ID.
 * What is copied along with a name is left out: quotation marks, brackets, `mailto:`, a trailing mark. Of a text with e-mail
 * addresses or long user IDs, these alone count, and each of them finds its people.
 */
export function wordsOf(search: string): string[][] {
  const { addresses, uuids } = namesIn(search);
  if (addresses.length + uuids.length > 0) return [[...addresses, ...uuids].map(foldForSearch)];
  const words = wordsWithSpellings(search);
  const bare = words.map((spellings) => shortest(spellings.map(trimmed)));
  return (bare.some(([word]) => word !== undefined) ? bare : words).filter(([word]) => word !== undefined);
}

/** Without spellings that find nobody more, because a shorter one stands in them. */
const shortest = (spellings: string[]): string[] => {
  const different = [...new Set(spellings)].filter((spelling) => spelling !== '');
  return different.filter((one) => !different.some((other) => other !== one && one.includes(other)));
};
