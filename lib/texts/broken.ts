import * as english from './english/broken.ts';
import { chosen } from './language/chosen.ts';

export const broken = /* #__PURE__ */ chosen(english.broken, ({ broken }) => broken.broken);
