import type { AuditEntriesTable } from '../db/tables/audit.ts';
import type { FailureCode } from '../failures.ts';
import type { EarlierEnd } from '../licenses/ending.ts';
import type { Attempt } from './attempt.ts';

export type AuditAction = AuditEntriesTable['action'];

/** What is done with a batch as a whole; the changes it makes are entries of their own. */
export type BatchAction = Extract<AuditAction, `batch-${string}`>;

/** What of a person was different at a sync although nobody had changed it through Carillon. */
export type OutsideFact = NonNullable<AuditEntriesTable['fact']>;

/** What was taken out of Carillon as a file or by the command line. */
export type Exported = NonNullable<AuditEntriesTable['exported']>;

/** One line of history: who did what to whose license, and how it ended. `at` is ISO-8601. */
export type AuditEntry = {
  sequence: string;
  at: string;
  operator: EntryOperator | null;
  action: AuditAction;
  accountId: string | null;
  user: { id: string; name: string; email: string | null } | null;
  from: string | null;
  to: string | null;
  /** The change that it is about, where there is one; a refused attempt may name any, and has none here. */
  changeId: string | null;
  why: string | null;
  outcome: 'applied' | 'failed';
  failure: FailureCode | null;
  requestId: string;
  awsRequestId: string | null;
  /** The batch it belongs to; with its people and what has become of them where the entry is about the batch as a whole. */
  batch: { id: string; people?: number; changed?: number; failed?: number } | null;
  /** For `temporary`: until when; the plan that comes after is `to`. */
  until: string | null;
  /** The end date of the plan, ISO-8601, that the change removed. */
  removedEnd: string | null;
  /** For an undo: the end date that the plan had before, and whether it was restored. */
  earlierEnd: EarlierEnd | null;
  /** For `outside`: which fact, from what to what, and since when it may have been so; `at` is when it was seen. */
  outside: { fact: OutsideFact; was: string | null; became: string | null; since: string | null } | null;
  /** The token with which it was asked for on the command line, by the name that its holder gave it. */
  token: string | null;
  /**
   * For `denied`: what was tried, and why it was refused, as Carillon said it. With `more`, it stands for so many attempts
   * within the minute from `since` on that are not entries of their own.
   */
  refused: { attempt: Attempt; said: string | null; more: { count: number; since: string } | null } | null;
  /** For `export`: what, narrowed by which parameters, and how many rows there were when it began. */
  exported: { what: Exported; filter: string; rows: number } | null;
};

/** `login`: what tells operators of one name apart, as their user name, e-mail or ID; null where nothing is known. */
export type EntryOperator = {
  id: string | null;
  name: string;
  role: string;
  login: string | null;
  hasNamesake: boolean;
};

/** A person's history: settled attempts, newest first, and what is still open. */
export type History = {
  entries: AuditEntry[];
  open: {
    changeId: string;
    at: string;
    operator: string;
    /** The user name, e-mail or ID, where another operator has the same name. */
    login: string | null;
    from: string | null;
    to: string;
    state: 'pending' | 'unknown';
  } | null;
};
