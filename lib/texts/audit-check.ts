import { chosen } from './chosen.ts';
import * as english from './english/audit-check.ts';

export const auditCheck = /* #__PURE__ */ chosen(english.auditCheck, ({ auditCheck }) => auditCheck.auditCheck);
