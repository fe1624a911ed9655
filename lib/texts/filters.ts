import * as english from './english/filters.ts';
import { chosen } from './language/chosen.ts';

export const columns = /* #__PURE__ */ chosen(english.columns, ({ filters }) => filters.columns);
export const filterProblem = /* #__PURE__ */ chosen(english.filterProblem, ({ filters }) => filters.filterProblem);
export const filters = /* #__PURE__ */ chosen(english.filters, ({ filters }) => filters.filters);
export const pasted = /* #__PURE__ */ chosen(english.pasted, ({ filters }) => filters.pasted);
export const pastedNames = /* #__PURE__ */ chosen(english.pastedNames, ({ filters }) => filters.pastedNames);
export const questions = /* #__PURE__ */ chosen(english.questions, ({ filters }) => filters.questions);
export const request = /* #__PURE__ */ chosen(english.request, ({ filters }) => filters.request);
export const timeFilters = /* #__PURE__ */ chosen(english.timeFilters, ({ filters }) => filters.timeFilters);
export const views = /* #__PURE__ */ chosen(english.views, ({ filters }) => filters.views);
