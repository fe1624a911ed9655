import * as english from '../english/access/sessions.ts';
import { chosen } from '../language/chosen.ts';

export const sessions = /* #__PURE__ */ chosen(english.sessions, ({ sessions }) => sessions.sessions);
