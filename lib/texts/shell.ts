import * as english from './english/shell.ts';
import { chosen } from './language/chosen.ts';

export const shell = /* #__PURE__ */ chosen(english.shell, ({ shell }) => shell.shell);
