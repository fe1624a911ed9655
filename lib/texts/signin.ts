export * from './english/signin.ts';
