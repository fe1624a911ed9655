/**
 * The words people read, in the chosen language. A second language is one more file of this type:
 * what `english.ts` exports, with the same arguments. `**` marks what is read in bold.
 */
export type Catalogue = typeof import('./english.ts');

export type { FailureFacts } from './english.ts';
export * as texts from './english.ts';

/** A text without its marks, for speech and the clipboard. */
export const unmarked = (text: string) => text.replaceAll('**', '');
