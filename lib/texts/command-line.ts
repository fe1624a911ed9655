import { chosen } from './chosen.ts';
import * as english from './english/command-line.ts';

export const commandLine = /* #__PURE__ */ chosen(english.commandLine, ({ commandLine }) => commandLine.commandLine);
