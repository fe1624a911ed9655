export * from './english/words.ts';
