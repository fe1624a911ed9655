import * as english from './english/pager.ts';
import { chosen } from './language/chosen.ts';

export const pager = /* #__PURE__ */ chosen(english.pager, ({ pager }) => pager.pager);
