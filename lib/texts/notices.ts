export * from './english/notices.ts';
