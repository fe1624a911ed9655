import { chosen } from './chosen.ts';
import * as english from './english/shell.ts';

export const shell = /* #__PURE__ */ chosen(english.shell, ({ shell }) => shell.shell);
