import type { Freshness } from '../accounts/account.ts';
import type { AuditEntry } from '../audit/entry.ts';
import type { FailedEndings } from '../licenses/ending.ts';
import type { Unclear } from '../matching/person-ref.ts';
import type { UserRow } from '../users/user.ts';

/** Of a pasted list: which entries nobody answers to, for which it is not clear who is meant, and what could not be read. */
export type ListOutcome = {
  asked: number;
  missing: string[];
  unclear: ({ entry: string } & Unclear)[];
  unread: string[];
};

/** One page of an account's people, as it travels to the browser. */
export type UsersPage = {
  users: UserRow[];
  /** People that the filter finds; null where they are so many that counting them would keep the rows waiting. */
  total: number | null;
  /** Position of the first row, counted from 1; beside a `total` of null as far as the cursor can be believed. */
  start: number;
  /** Cursors for `filter.cursor`. */
  next: string | null;
  previous: string | null;
  freshness: Freshness;
  /** Whole calls a second while Chime lets so few through that people notice; null else. */
  slowedTo: number | null;
  /** People whose plan did not end as planned. */
  failedEndings: FailedEndings;
  /** Of a search for several e-mails or IDs: those that find nobody in the account, as they were typed. */
  missing?: string[];
  /** People in the account. */
  everyone: number;
  /**
   * What became of a pasted list; absent without one. A list that this account does not have, or has forgotten after 90
   * days, asked for nobody: then `asked` is 0.
   */
  list?: ListOutcome;
  /** The attempt behind a request ID that was searched for: the rows are the person it was about. */
  request?: AuditEntry;
};

/** People of another account who match a search; `isMore`: there are more than were counted. */
export type Elsewhere = { accountId: string; name: string; people: number; isMore: boolean };
