export * from './english/choosing.ts';
