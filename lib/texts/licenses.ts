export * from './english/licenses.ts';
