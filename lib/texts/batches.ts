export * from './english/batches.ts';
