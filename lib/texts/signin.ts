import { chosen } from './chosen.ts';
import * as english from './english/signin.ts';

export const signIn = /* #__PURE__ */ chosen(english.signIn, ({ signin }) => signin.signIn);
