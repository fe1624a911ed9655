import { chosen } from './chosen.ts';
import * as english from './english/sessions.ts';

export const sessions = /* #__PURE__ */ chosen(english.sessions, ({ sessions }) => sessions.sessions);
