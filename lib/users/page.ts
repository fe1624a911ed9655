import type { Freshness } from '../accounts/account.ts';
import type { AuditEntry } from '../audit/entry.ts';
import type { UserRow } from './user.ts';

/** One page of an account's people, as it travels to the browser. */
export type UsersPage = {
  users: UserRow[];
  /** People whom the filter finds; null where they are so many that counting them would keep the rows waiting. */
  total: number | null;
  /** Position of the first row, counted from 1; beside a `total` of null as far as the cursor can be believed. */
  start: number;
  /** Cursors for `filter.cursor`. */
  next: string | null;
  previous: string | null;
  freshness: Freshness;
  /** People in the account. */
  everyone: number;
  /**
   * What of a pasted list nobody answers to, as it was pasted; absent without a list. A list that this account does not
   * have, or has forgotten after 90 days, asked for nobody: then `asked` is 0.
   */
  list?: { asked: number; missing: string[] };
  /** The attempt behind a request ID that was searched for: the rows are the person it was about. */
  request?: AuditEntry;
};
