export * from './english/files.ts';
