export * from './english/sessions.ts';
