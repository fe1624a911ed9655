/** Every word that people read, in English: one file for each part of the product, so that a page loads only its own. */
export * from './english/audit.ts';
export * from './english/batches.ts';
export * from './english/changes.ts';
export * from './english/choosing.ts';
export * from './english/command-line.ts';
export * as endings from './english/endings.ts';
export * from './english/files.ts';
export * from './english/filters.ts';
export * from './english/history.ts';
export * from './english/licenses.ts';
export * from './english/notices.ts';
export * from './english/pages.ts';
export * from './english/people.ts';
export * from './english/sessions.ts';
export * from './english/states.ts';
export * from './english/tokens.ts';
export * from './english/words.ts';
