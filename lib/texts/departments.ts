import * as english from './english/departments.ts';
import { chosen } from './language/chosen.ts';

export const departmentsPage = /* #__PURE__ */ chosen(
  english.departmentsPage,
  ({ departments }) => departments.departmentsPage,
);
