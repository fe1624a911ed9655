export { tokens } from './english/tokens.ts';
