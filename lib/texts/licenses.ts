import * as english from './english/licenses.ts';
import { chosen } from './language/chosen.ts';

export const accountsPage = /* #__PURE__ */ chosen(english.accountsPage, ({ licenses }) => licenses.accountsPage);
export const freshness = /* #__PURE__ */ chosen(english.freshness, ({ licenses }) => licenses.freshness);
export const licensesPage = /* #__PURE__ */ chosen(english.licensesPage, ({ licenses }) => licenses.licensesPage);
