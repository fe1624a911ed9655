export * from './english/shell.ts';
