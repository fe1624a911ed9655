import * as english from './english/failures.ts';
import { chosen } from './language/chosen.ts';

export const failures = /* #__PURE__ */ chosen(english.failures, ({ failures }) => failures.failures);
export const failureStart = /* #__PURE__ */ chosen(english.failureStart, ({ failures }) => failures.failureStart);
export const otherChange = /* #__PURE__ */ chosen(english.otherChange, ({ failures }) => failures.otherChange);
export const reasons = /* #__PURE__ */ chosen(english.reasons, ({ failures }) => failures.reasons);
export const reasonSentence = /* #__PURE__ */ chosen(english.reasonSentence, ({ failures }) => failures.reasonSentence);
export const reasonTitle = /* #__PURE__ */ chosen(english.reasonTitle, ({ failures }) => failures.reasonTitle);
export const still = /* #__PURE__ */ chosen(english.still, ({ failures }) => failures.still);
