import type { Catalogue } from './catalogue.ts';

/**
 * A text of English in another language. A language with words of its own picks them (`(_, pick) => pick(german)`); the
 * pseudo-language makes its own of the English ones.
 */
export type Translate = <Text extends object>(english: Text, pick: (words: Catalogue) => Text) => Text;

declare global {
  /** Undefined for English. It is global because Next loads this module several times in one process. */
  var carillonTranslate: Translate | undefined;
}

/**
 * A text, or texts, in the language that `speak` has chosen by the time it is read, in English until then. English comes
 * with the page that reads it; the pages of another language fetch that language's words before they are drawn.
 */
export function chosen<Text extends object>(english: Text, pick: (words: Catalogue) => Text): Text {
  const now = () => globalThis.carillonTranslate?.(english, pick) ?? english;
  return new Proxy(english, {
    get: (_, name) => Reflect.get(now(), name),
    apply(_, self, given) {
      const text = now();
      return typeof text === 'function' ? Reflect.apply(text, self, given) : undefined;
    },
  });
}
