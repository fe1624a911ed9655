import type { FailureCode } from '../failures.ts';

export type Advice = {
  /** Whether sending the same again can work, and when. */
  again: 'never' | 'now' | 'later';
  /** Who can put it right. */
  fixedBy: 'operator' | 'chime' | 'it' | 'owner' | 'nobody';
};

/** For each failure: does trying again help, and who can fix it. The words are in the text catalogue. */
export const adviceByCode: Record<FailureCode, Advice> = {
  'bad-request': { again: 'never', fixedBy: 'operator' },
  unauthorized: { again: 'later', fixedBy: 'it' },
  forbidden: { again: 'never', fixedBy: 'owner' },
  'access-denied': { again: 'never', fixedBy: 'owner' },
  'not-found': { again: 'never', fixedBy: 'operator' },
  'conflict-in-chime': { again: 'later', fixedBy: 'operator' },
  unprocessable: { again: 'never', fixedBy: 'operator' },
  'resource-limit': { again: 'never', fixedBy: 'owner' },
  throttled: { again: 'later', fixedBy: 'chime' },
  'service-failure': { again: 'later', fixedBy: 'chime' },
  unavailable: { again: 'later', fixedBy: 'chime' },
  'unknown-answer': { again: 'later', fixedBy: 'it' },
  'no-answer': { again: 'later', fixedBy: 'chime' },
  unreadable: { again: 'later', fixedBy: 'it' },
  retired: { again: 'never', fixedBy: 'nobody' },
  conflict: { again: 'now', fixedBy: 'operator' },
  busy: { again: 'later', fixedBy: 'operator' },
  'too-busy': { again: 'later', fixedBy: 'nobody' },
  'change-limit': { again: 'later', fixedBy: 'operator' },
  'request-limit': { again: 'later', fixedBy: 'operator' },
  cancelled: { again: 'now', fixedBy: 'operator' },
  interrupted: { again: 'now', fixedBy: 'operator' },
  'unsupported-license': { again: 'never', fixedBy: 'operator' },
  'directory-managed': { again: 'never', fixedBy: 'it' },
  'unknown-account': { again: 'never', fixedBy: 'operator' },
  'unknown-user': { again: 'never', fixedBy: 'operator' },
  invalid: { again: 'never', fixedBy: 'operator' },
  'signed-out': { again: 'now', fixedBy: 'operator' },
  outdated: { again: 'now', fixedBy: 'operator' },
  'not-allowed': { again: 'never', fixedBy: 'it' },
  'wrong-origin': { again: 'never', fixedBy: 'it' },
  offline: { again: 'later', fixedBy: 'operator' },
  'no-database': { again: 'later', fixedBy: 'it' },
  restored: { again: 'later', fixedBy: 'it' },
  unexpected: { again: 'later', fixedBy: 'it' },
};
