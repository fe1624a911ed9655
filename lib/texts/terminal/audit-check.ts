import * as english from '../english/terminal/audit-check.ts';
import { chosen } from '../language/chosen.ts';

export const auditCheck = /* #__PURE__ */ chosen(english.auditCheck, ({ auditCheck }) => auditCheck.auditCheck);
