import type { FailureCode } from '../failures.ts';

export type AuditAction =
  | 'change'
  | 'undo'
  | 'note'
  | 'sign-in'
  | 'sign-out'
  | 'denied'
  | 'outside'
  | 'temporary'
  | 'permanent'
  | 'token-make'
  | 'token-revoke'
  | BatchAction;

/** What is done with a batch as a whole; the changes it makes are entries of their own. */
export type BatchAction =
  | 'batch-submit'
  | 'batch-approve'
  | 'batch-discard'
  | 'batch-pause'
  | 'batch-resume'
  | 'batch-stop'
  | 'batch-end';

/** What of a person was different at a sync although nobody had changed it through Carillon. */
export type OutsideFact = 'license' | 'status' | 'name' | 'email' | 'joined' | 'left';

/** One line of history: who did what to whose license, and how it ended. `at` is ISO-8601. */
export type AuditEntry = {
  sequence: string;
  at: string;
  operator: { name: string; role: string } | null;
  action: AuditAction;
  accountId: string | null;
  user: { id: string; name: string } | null;
  from: string | null;
  to: string | null;
  why: string | null;
  outcome: 'applied' | 'failed';
  failure: FailureCode | null;
  requestId: string;
  awsRequestId: string | null;
  /** The batch it belongs to; with its people and what has become of them where the entry is about the batch as a whole. */
  batch: { id: string; people?: number; changed?: number; failed?: number } | null;
  /** For `temporary`: until when; the plan that comes after is `to`. */
  until: string | null;
  /** For `outside`: which fact, from what to what, and since when it may have been so; `at` is when it was seen. */
  outside: { fact: OutsideFact; was: string | null; became: string | null; since: string | null } | null;
};

/** A person's history: settled attempts, newest first, and what is still open. */
export type History = {
  entries: AuditEntry[];
  open: {
    changeId: string;
    at: string;
    operator: string;
    from: string | null;
    to: string;
    state: 'pending' | 'unknown';
  } | null;
};
