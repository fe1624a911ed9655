import * as english from './english/selection.ts';
import { chosen } from './language/chosen.ts';

export const batchMark = /* #__PURE__ */ chosen(english.batchMark, ({ choosing }) => choosing.batchMark);
export const choosing = /* #__PURE__ */ chosen(english.choosing, ({ choosing }) => choosing.choosing);
