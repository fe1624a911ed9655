import { chosen } from './chosen.ts';
import * as english from './english/choosing.ts';

export const batchMark = /* #__PURE__ */ chosen(english.batchMark, ({ choosing }) => choosing.batchMark);
export const choosing = /* #__PURE__ */ chosen(english.choosing, ({ choosing }) => choosing.choosing);
