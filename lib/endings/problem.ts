/**
 * Why a plan cannot be given this end. skipped: no clock shows the time; same: the plan to go back to is the one that ends;
 * not-offered: the account does not offer the plan to go back to.
 */
export type EndProblem = 'skipped' | 'past' | 'far' | 'same' | 'not-offered';
