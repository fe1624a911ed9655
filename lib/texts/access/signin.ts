import * as english from '../english/access/signin.ts';
import { chosen } from '../language/chosen.ts';

export const signIn = /* #__PURE__ */ chosen(english.signIn, ({ signin }) => signin.signIn);
