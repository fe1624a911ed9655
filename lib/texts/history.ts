export * from './english/history.ts';
