import type { NamedAccount } from '../trend/view.ts';
import type { CostRange } from './cost.ts';
import type { Price } from './price.ts';

/** Why nothing can be said of a month. unknown: it was over before the first complete listing at `knownFrom`, ISO-8601; null: there is none yet. */
export type CostProblem =
  | { code: 'no-month'; text: string }
  | { code: 'future'; month: string }
  | { code: 'unknown'; knownFrom: string | null };

/** A file that told on how many days people hosted in a month, and how it was understood; `uploadedAt` is ISO-8601. */
export type ActivityFile = {
  accountId: string;
  name: string;
  lines: number;
  /** People who were found, lines of nobody known, and lines that are not clear. */
  matched: number;
  unmatched: number;
  unclear: number;
  uploadedBy: string;
  uploadedAt: string;
};

/** A file of hosted days as it was understood: on how many days of a month (`2026-11`) each person hosted. */
export type Activity = {
  accountId: string;
  month: string;
  name: string;
  lines: number;
  unmatched: number;
  unclear: number;
  days: { userId: string; days: number }[];
};

/** What Pro can cost in a calendar month. Moments are ISO-8601. */
export type CostAnswer = {
  /** What is counted; the end is not part of it. */
  from: string;
  to: string;
  /** The month is not over: it is counted up to now. */
  isOpen: boolean;
  asOf: string;
  /** People who had Pro on any of its days. */
  people: number;
  /** Null: no day of it has a price. */
  range: CostRange | null;
  /** The prices that hold in it, the last one first. */
  prices: Price[];
  /** How many of its days are counted, and how many of those have no price. */
  days: number;
  unpricedDays: number;
  /** The price changes within the month, and with it the most that a person costs. */
  hasTwoCaps: boolean;
  activity: ActivityFile[];
  /** Accounts that were not known when the month began: counted from then on, or not at all. */
  later: (NamedAccount & { knownFrom: string | null })[];
  /** History before this is an example; null where all of the month is real. */
  madeUpUntil: string | null;
  /** Some account was not seen for a time: what was known last counts for it. */
  hasGaps: boolean;
};

export type CostView = {
  account: NamedAccount | null;
  accounts: NamedAccount[];
  month: string;
  /** Months that can be asked for, newest first. */
  months: string[];
  zone: string;
  answer: CostAnswer | { problem: CostProblem };
};
