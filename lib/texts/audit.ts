export * from './english/audit.ts';
