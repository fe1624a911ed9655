import * as english from '../english/terminal/command-line.ts';
import { chosen } from '../language/chosen.ts';

export const commandLine = /* #__PURE__ */ chosen(english.commandLine, ({ commandLine }) => commandLine.commandLine);
