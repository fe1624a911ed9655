import * as sentences from './english/audit/audit-sentence.ts';
import * as english from './english/history.ts';
import { chosen } from './language/chosen.ts';

export const attempts = /* #__PURE__ */ chosen(sentences.attempts, ({ auditSentences }) => auditSentences.attempts);
export const auditSentence = /* #__PURE__ */ chosen(
  sentences.auditSentence,
  ({ auditSentences }) => auditSentences.auditSentence,
);
export const earlierEndWords = /* #__PURE__ */ chosen(
  sentences.earlierEndWords,
  ({ auditSentences }) => auditSentences.earlierEndWords,
);
export const history = /* #__PURE__ */ chosen(english.history, ({ history }) => history.history);
export const window = /* #__PURE__ */ chosen(english.window, ({ history }) => history.window);
