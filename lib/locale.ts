export type Direction = 'ltr' | 'rtl';

export const englishTag = 'en-GB';

/** For tests: English made longer, with other letters, right to left and with other digits, so that a text left outside shows. */
export const pseudoTag = 'ar-XB-u-nu-arab';

/** Every language that Carillon speaks, and which way its text runs. Where its words are: `texts/languages.ts`. */
const directions = { [englishTag]: 'ltr', [pseudoTag]: 'rtl' } satisfies Record<string, Direction>;

export type LanguageTag = keyof typeof directions;

export const languageTags: readonly LanguageTag[] = [englishTag, pseudoTag];

export const directionOf = (tag: LanguageTag): Direction => directions[tag];

declare global {
  /** Undefined for English. It is global because Next loads this module several times in one process. */
  var carillonLanguage: LanguageTag | undefined;
}

/** The language that `speak` has chosen: numbers, dates and lists are written by it, too. */
export const language = (): LanguageTag => globalThis.carillonLanguage ?? englishTag;
