import type { Freshness } from '../accounts/account.ts';
import type { UserRow } from './user.ts';

/** One page of an account's people, as it travels to the browser. */
export type UsersPage = {
  users: UserRow[];
  /** People who match the search. */
  total: number;
  /** Position of the first row, counted from 1. */
  start: number;
  /** Cursors for `filter.cursor`. */
  next: string | null;
  previous: string | null;
  freshness: Freshness;
  /** People in the account. */
  everyone: number;
};
