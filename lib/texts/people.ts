export * from './english/people.ts';
