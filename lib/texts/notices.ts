import * as english from './english/notices.ts';
import { chosen } from './language/chosen.ts';

export const banner = /* #__PURE__ */ chosen(english.banner, ({ notices }) => notices.banner);
export const leave = /* #__PURE__ */ chosen(english.leave, ({ notices }) => notices.leave);
export const shortcuts = /* #__PURE__ */ chosen(english.shortcuts, ({ notices }) => notices.shortcuts);
