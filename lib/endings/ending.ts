/** A plan that is for a time, as it travels to the browser: when it ends (ISO-8601, and whose clock), and what comes after. */
export type EndingView = { at: string; zone: string; to: string };

/** The latest end that can be chosen, in days from now. */
export const longestDays = 366;
