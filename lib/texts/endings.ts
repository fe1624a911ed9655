import * as english from './english/endings.ts';
import { chosen } from './language/chosen.ts';

export const endings = /* #__PURE__ */ chosen(english.endings, ({ endings }) => endings.endings);
