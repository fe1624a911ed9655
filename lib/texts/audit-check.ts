export * from './english/audit-check.ts';
