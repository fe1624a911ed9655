import * as english from './english/audit/audit.ts';
import { chosen } from './language/chosen.ts';

export const auditActions = /* #__PURE__ */ chosen(english.auditActions, ({ audit }) => audit.auditActions);
export const auditExported = /* #__PURE__ */ chosen(english.auditExported, ({ audit }) => audit.auditExported);
export const auditFacts = /* #__PURE__ */ chosen(english.auditFacts, ({ audit }) => audit.auditFacts);
export const auditFilter = /* #__PURE__ */ chosen(english.auditFilter, ({ audit }) => audit.auditFilter);
export const auditOutcomes = /* #__PURE__ */ chosen(english.auditOutcomes, ({ audit }) => audit.auditOutcomes);
export const auditPage = /* #__PURE__ */ chosen(english.auditPage, ({ audit }) => audit.auditPage);
