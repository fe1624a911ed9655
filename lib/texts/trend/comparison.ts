import * as english from '../english/trend/comparison.ts';
import { chosen } from '../language/chosen.ts';

export const comparePage = /* #__PURE__ */ chosen(english.comparePage, ({ comparison }) => comparison.comparePage);
export const periodProblem = /* #__PURE__ */ chosen(
  english.periodProblem,
  ({ comparison }) => comparison.periodProblem,
);
export const sinceKnown = /* #__PURE__ */ chosen(english.sinceKnown, ({ comparison }) => comparison.sinceKnown);
export const movedPage = /* #__PURE__ */ chosen(english.movedPage, ({ comparison }) => comparison.movedPage);
export const comparisonColumns = /* #__PURE__ */ chosen(
  english.comparisonColumns,
  ({ comparison }) => comparison.comparisonColumns,
);
export const comparisonParts = /* #__PURE__ */ chosen(
  english.comparisonParts,
  ({ comparison }) => comparison.comparisonParts,
);
export const movedColumns = /* #__PURE__ */ chosen(english.movedColumns, ({ comparison }) => comparison.movedColumns);
export const yesOrNo = /* #__PURE__ */ chosen(english.yesOrNo, ({ comparison }) => comparison.yesOrNo);
