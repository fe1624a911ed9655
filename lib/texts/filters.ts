export * from './english/filters.ts';
