import * as english from './english/costs.ts';
import { chosen } from './language/chosen.ts';

export const activityForm = /* #__PURE__ */ chosen(english.activityForm, ({ costs }) => costs.activityForm);
export const costFile = /* #__PURE__ */ chosen(english.costFile, ({ costs }) => costs.costFile);
export const costPage = /* #__PURE__ */ chosen(english.costPage, ({ costs }) => costs.costPage);
export const costProblem = /* #__PURE__ */ chosen(english.costProblem, ({ costs }) => costs.costProblem);
export const costSentence = /* #__PURE__ */ chosen(english.costSentence, ({ costs }) => costs.costSentence);
export const priceProblem = /* #__PURE__ */ chosen(english.priceProblem, ({ costs }) => costs.priceProblem);
export const pricesPage = /* #__PURE__ */ chosen(english.pricesPage, ({ costs }) => costs.pricesPage);
export const priceWords = /* #__PURE__ */ chosen(english.priceWords, ({ costs }) => costs.priceWords);
