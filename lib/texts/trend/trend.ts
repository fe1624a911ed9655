import * as english from '../english/trend/trend.ts';
import { chosen } from '../language/chosen.ts';

export const countNow = /* #__PURE__ */ chosen(english.countNow, ({ trend }) => trend.countNow);
export const gapSentence = /* #__PURE__ */ chosen(english.gapSentence, ({ trend }) => trend.gapSentence);
export const seenAfterGap = /* #__PURE__ */ chosen(english.seenAfterGap, ({ trend }) => trend.seenAfterGap);
export const signed = /* #__PURE__ */ chosen(english.signed, ({ trend }) => trend.signed);
export const stepSentence = /* #__PURE__ */ chosen(english.stepSentence, ({ trend }) => trend.stepSentence);
export const summarySentence = /* #__PURE__ */ chosen(english.summarySentence, ({ trend }) => trend.summarySentence);
export const trendFile = /* #__PURE__ */ chosen(english.trendFile, ({ trend }) => trend.trendFile);
export const trendPage = /* #__PURE__ */ chosen(english.trendPage, ({ trend }) => trend.trendPage);
export const upAndDown = /* #__PURE__ */ chosen(english.upAndDown, ({ trend }) => trend.upAndDown);
export const wentSentence = /* #__PURE__ */ chosen(english.wentSentence, ({ trend }) => trend.wentSentence);
