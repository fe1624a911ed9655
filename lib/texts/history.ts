import * as english from './english/history.ts';
import { chosen } from './language/chosen.ts';

export const attempts = /* #__PURE__ */ chosen(english.attempts, ({ history }) => history.attempts);
export const auditSentence = /* #__PURE__ */ chosen(english.auditSentence, ({ history }) => history.auditSentence);
export const earlierEndWords = /* #__PURE__ */ chosen(
  english.earlierEndWords,
  ({ history }) => history.earlierEndWords,
);
export const history = /* #__PURE__ */ chosen(english.history, ({ history }) => history.history);
export const reasons = /* #__PURE__ */ chosen(english.reasons, ({ history }) => history.reasons);
export const reasonSentence = /* #__PURE__ */ chosen(english.reasonSentence, ({ history }) => history.reasonSentence);
export const reasonTitle = /* #__PURE__ */ chosen(english.reasonTitle, ({ history }) => history.reasonTitle);
export const window = /* #__PURE__ */ chosen(english.window, ({ history }) => history.window);
