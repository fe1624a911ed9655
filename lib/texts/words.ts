import * as english from './english/words.ts';
import { chosen } from './language/chosen.ts';

export const common = /* #__PURE__ */ chosen(english.common, ({ words }) => words.common);
export const operatorName = /* #__PURE__ */ chosen(english.operatorName, ({ words }) => words.operatorName);
export const plan = /* #__PURE__ */ chosen(english.plan, ({ words }) => words.plan);
export const status = /* #__PURE__ */ chosen(english.status, ({ words }) => words.status);
