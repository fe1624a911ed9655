import type { FailureCode } from '../failures.ts';

/** The latest end that can be chosen, in days from now. */
export const longestDays = 366;

/**
 * A temporary plan, as it travels to the browser: when it ends (ISO-8601, and whose clock), and what comes after.
 * With a `failure` the end has come, and the person still has the plan; that stays until somebody has dealt with it.
 */
export type EndingView = { at: string; zone: string; to: string; failure: FailureCode | null };

/** Temporary plans: those that end within `soonDays` days, and those whose end failed. */
export const endsKinds = ['soon', 'failed'] as const;
export type EndsKind = (typeof endsKinds)[number];
export const soonDays = 7;

/**
 * What an undo did with the end date that the plan had before (`at`, ISO-8601). passed: it was too late to set it again;
 * not-offered: the account does not offer the plan to go back to any more.
 */
export type EarlierEnd = { at: string; is: 'restored' | 'passed' | 'not-offered' };

/** Plans of an account that did not end as planned, and that nobody has dealt with: how many people, and some of them. */
export type FailedEndings = { count: number; people: { id: string; name: string | null; email: string | null }[] };

/**
 * A person whose plan was to end and did not, as it travels to the browser: since then they still have `license`. `at`: when it
 * was to end (ISO-8601); `batchId`: the batch that gave the plan, null for a plan given by hand.
 */
export type PlanNotEnded = {
  user: { id: string; name: string; email: string | null };
  license: string;
  backTo: string;
  at: string;
  failure: FailureCode;
  batchId: string | null;
};
