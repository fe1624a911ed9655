import { englishTag, type LanguageTag, pseudoTag } from '../locale.ts';
import type { Translate } from './language/chosen.ts';

/**
 * How the words of each language are fetched; English's come with the program. One more is a `Catalogue` like `english/english.ts`, a
 * tag in `lib/locale.ts`, and here: `async () => { const { german } = await import('./german/german.ts'); return (_, pick) => pick(german); }`.
 */
const words: Record<LanguageTag, () => Promise<Translate | undefined>> = {
  [englishTag]: async () => undefined,
  [pseudoTag]: async () => (await import('./language/pseudo.ts')).pseudoText,
};

/** Makes this program speak a language, from the moment the promise is kept. */
export async function speak(tag: LanguageTag): Promise<void> {
  globalThis.carillonTranslate = await words[tag]();
  globalThis.carillonLanguage = tag;
}
