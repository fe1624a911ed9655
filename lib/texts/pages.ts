import { chosen } from './chosen.ts';
import * as english from './english/pages.ts';

export const pages = /* #__PURE__ */ chosen(english.pages, ({ pages }) => pages.pages);
