import * as english from './english/files.ts';
import { chosen } from './language/chosen.ts';

export const columnName = /* #__PURE__ */ chosen(english.columnName, ({ files }) => files.columnName);
export const columnReason = /* #__PURE__ */ chosen(english.columnReason, ({ files }) => files.columnReason);
export const columnRoleName = /* #__PURE__ */ chosen(english.columnRoleName, ({ files }) => files.columnRoleName);
export const delimiterName = /* #__PURE__ */ chosen(english.delimiterName, ({ files }) => files.delimiterName);
export const fileComplaint = /* #__PURE__ */ chosen(english.fileComplaint, ({ files }) => files.fileComplaint);
export const lineComplaint = /* #__PURE__ */ chosen(english.lineComplaint, ({ files }) => files.lineComplaint);
export const fileForm = /* #__PURE__ */ chosen(english.fileForm, ({ files }) => files.fileForm);
export const fileProblems = /* #__PURE__ */ chosen(english.fileProblems, ({ files }) => files.fileProblems);
export const fileQuestion = /* #__PURE__ */ chosen(english.fileQuestion, ({ files }) => files.fileQuestion);
export const valuesFile = /* #__PURE__ */ chosen(english.valuesFile, ({ files }) => files.valuesFile);
