/**
 * The words people read, in the chosen language. A second language is a second `english.ts` of this type, with the same
 * names and arguments; the files beside this one choose it for the browser, part by part, so that a page loads only its
 * own words. `**` marks what is read in bold.
 *
 * @public
 */
export type Catalogue = typeof import('./english.ts');

export * as texts from './english.ts';
