export * from './english/changes.ts';
