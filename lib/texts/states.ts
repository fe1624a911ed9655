export * from './english/states.ts';
