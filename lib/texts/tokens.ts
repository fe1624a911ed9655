import { chosen } from './chosen.ts';
import * as english from './english/tokens.ts';

export const tokens = /* #__PURE__ */ chosen(english.tokens, ({ tokens }) => tokens.tokens);
