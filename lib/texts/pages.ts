import * as english from './english/pages.ts';
import { chosen } from './language/chosen.ts';

export const pages = /* #__PURE__ */ chosen(english.pages, ({ pages }) => pages.pages);
