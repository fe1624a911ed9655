import * as english from '../english/access/tokens.ts';
import { chosen } from '../language/chosen.ts';

export const tokens = /* #__PURE__ */ chosen(english.tokens, ({ tokens }) => tokens.tokens);
