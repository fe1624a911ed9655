export * from './english/pages.ts';
