import type { FailureCode } from '../failures.ts';

/** A plan that is for a time, as it travels to the browser: when it ends (ISO-8601, and whose clock), and what comes after. */
export type EndingView = { at: string; zone: string; to: string };

/** The latest end that can be chosen, in days from now. */
export const longestDays = 366;

/**
 * Why a plan cannot be given this end. skipped: no clock shows the time; no-earlier-plan: it is not known which plan
 * the person had before; not-offered: the account does not offer that plan any more.
 */
export type EndProblem = 'skipped' | 'past' | 'far' | 'no-earlier-plan' | 'not-offered';

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
