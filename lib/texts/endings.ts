import { chosen } from './chosen.ts';
import * as english from './english/endings.ts';

export const endings = /* #__PURE__ */ chosen(english.endings, ({ endings }) => endings.endings);
