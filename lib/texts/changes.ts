import * as english from './english/changes.ts';
import { chosen } from './language/chosen.ts';

export const button = /* #__PURE__ */ chosen(english.button, ({ changes }) => changes.button);
export const notSaved = /* #__PURE__ */ chosen(english.notSaved, ({ changes }) => changes.notSaved);
export const details = /* #__PURE__ */ chosen(english.details, ({ changes }) => changes.details);
export const note = /* #__PURE__ */ chosen(english.note, ({ changes }) => changes.note);
export const planHelp = /* #__PURE__ */ chosen(english.planHelp, ({ changes }) => changes.planHelp);
export const planList = /* #__PURE__ */ chosen(english.planList, ({ changes }) => changes.planList);
export const row = /* #__PURE__ */ chosen(english.row, ({ changes }) => changes.row);
export const spoken = /* #__PURE__ */ chosen(english.spoken, ({ changes }) => changes.spoken);
