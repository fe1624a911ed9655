/** A plan that is for a time, as it travels to the browser: when it ends (ISO-8601, and whose clock), and what comes after. */
export type EndingView = { at: string; zone: string; to: string };

/**
 * Why a plan cannot be given this end. skipped: no clock shows the time; no-earlier-plan: it is not known which plan
 * the person had before; not-offered: the account does not offer that plan any more.
 */
export type EndProblem = 'skipped' | 'past' | 'far' | 'no-earlier-plan' | 'not-offered';

/** The latest end that can be chosen, in days from now. */
export const longestDays = 366;
