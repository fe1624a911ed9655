import * as english from './english/states.ts';
import { chosen } from './language/chosen.ts';

export const listStates = /* #__PURE__ */ chosen(english.listStates, ({ states }) => states.listStates);
export const pageNotices = /* #__PURE__ */ chosen(english.pageNotices, ({ states }) => states.pageNotices);
export const readOnly = /* #__PURE__ */ chosen(english.readOnly, ({ states }) => states.readOnly);
