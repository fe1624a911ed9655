/**
 * Everything that can keep a change from being made, by the name the code, the audit and the texts share.
 * The first group is what Amazon Chime answers, the second what we found out about the call, the third is ours.
 */
export const failureCodes = [
  'bad-request',
  'unauthorized',
  'forbidden',
  'access-denied',
  'not-found',
  'conflict-in-chime',
  'unprocessable',
  'resource-limit',
  'throttled',
  'service-failure',
  'unavailable',
  'unknown-answer',

  'no-answer',
  'unreadable',
  'retired',

  'conflict',
  'busy',
  'too-busy',
  'change-limit',
  'request-limit',
  'cancelled',
  'interrupted',
  'unsupported-license',
  'directory-managed',
  'unknown-account',
  'unknown-user',
  'invalid',
  'signed-out',
  'outdated',
  'not-allowed',
  'wrong-origin',
  'offline',
  'no-database',
  'restored',
  'unexpected',
] as const;
export type FailureCode = (typeof failureCodes)[number];

/** Seconds after which to ask again while the database is away, as headers say it. */
export const databaseRetry = '5';

/**
 * Somebody else's change that stands in the way of ours; `name` is absent when it was made outside Carillon. `login`: the user
 * name, e-mail or ID, where another operator has the same name.
 */
export type OtherChange = { name?: string; login?: string; license: string | null; at?: string };

/**
 * Why a plan cannot be given this end. skipped: no clock shows the time; same: the plan to go back to is the one that ends;
 * not-offered: the account does not offer the plan to go back to.
 */
export type EndProblem = 'skipped' | 'past' | 'far' | 'same' | 'not-offered';

/** A failure as the browser hears it: facts only, no sentence; every moment is an ISO-8601 string. */
export type Failure = {
  code: FailureCode;
  at: string;
  /** The license the person has, as Chime last told us; absent where that is not known or not the point. */
  current?: string | null;
  /** What Chime itself called it: exception name, HTTP status, request ID, and its message. */
  chime?: { code?: string; httpStatus?: number; requestId?: string; message?: string };
  /** Our own ID of the attempt: finds it in the audit and in the log. */
  requestId?: string;
  tries?: number;
  other?: OtherChange;
  /** How many changes by hand an hour allows, when the next one is free, and how many it allows an admin. */
  limit?: { changes: number; freeAt: string | null; admins: number };
  /** How many requests a minute are let through, and in how many seconds the next one is. */
  requests?: { aMinute: number; waitSeconds: number };
  /** Why the end of a plan is refused, and the plan to go back to where that is the reason. */
  end?: { problem: EndProblem; plan?: string };
};

/** Chime or Carillon said no, and the reason may be shown as it is. */
export class Refusal extends Error {
  override name = 'Refusal';
  readonly code: FailureCode;
  readonly facts: Omit<Failure, 'code' | 'at'>;

  constructor(code: FailureCode, message: string, facts: Omit<Failure, 'code' | 'at'> = {}, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.facts = facts;
  }
}
