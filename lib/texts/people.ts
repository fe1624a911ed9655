import * as english from './english/people.ts';
import { chosen } from './language/chosen.ts';

export const columnNames = /* #__PURE__ */ chosen(english.columnNames, ({ people }) => people.columnNames);
export const directions = /* #__PURE__ */ chosen(english.directions, ({ people }) => people.directions);
export const elsewhere = /* #__PURE__ */ chosen(english.elsewhere, ({ people }) => people.elsewhere);
export const people = /* #__PURE__ */ chosen(english.people, ({ people }) => people.people);
export const planCell = /* #__PURE__ */ chosen(english.planCell, ({ people }) => people.planCell);
export const userType = /* #__PURE__ */ chosen(english.userType, ({ people }) => people.userType);
