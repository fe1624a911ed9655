import { chosen } from './chosen.ts';
import * as english from './english/pager.ts';

export const pager = /* #__PURE__ */ chosen(english.pager, ({ pager }) => pager.pager);
