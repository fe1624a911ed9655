export * from './english/endings.ts';
