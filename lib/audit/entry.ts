import type { FailureCode } from '../failures.ts';

/** One line of history: who did what to whose license, and how it ended. `at` is ISO-8601. */
export type AuditEntry = {
  sequence: string;
  at: string;
  operator: { name: string; role: string } | null;
  action: 'change' | 'undo' | 'note' | 'sign-in' | 'sign-out' | 'denied';
  accountId: string | null;
  user: { id: string; name: string } | null;
  from: string | null;
  to: string | null;
  why: string | null;
  outcome: 'applied' | 'failed';
  failure: FailureCode | null;
  requestId: string;
  awsRequestId: string | null;
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
