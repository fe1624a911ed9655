import * as english from './english/freshness.ts';
import { chosen } from './language/chosen.ts';

export const fresh = /* #__PURE__ */ chosen(english.fresh, ({ freshness }) => freshness.fresh);
export const slowed = /* #__PURE__ */ chosen(english.slowed, ({ freshness }) => freshness.slowed);
