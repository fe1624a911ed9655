import type { Choice, Outcome } from '@/lib/changes/change.ts';
import type { Failure } from '@/lib/failures.ts';
import type { License } from '@/lib/licenses/license.ts';
import type { LateArrival } from '@/lib/users/user.ts';

/** What Chime last told us, and when we asked (by the browser's clock). */
export type Known = { license: string | null; at: number };

/** A choice under the ID it was sent with. */
export type SentChoice = Choice & { changeId: string };

/** Who has set a plan, and whether that is the operator at this page: on another page, or by an end date. */
type Author = { name: string; isSelf: boolean };

/** asked: after signing in again. updated: after the page was loaded again, since Carillon was updated. */
export type Held = 'offline' | 'signed-out' | 'outdated' | 'asked' | 'updated';

/**
 * Where one person's change stands. Each stage carries its own facts, so that what Chime told us, what was asked,
 * what is in flight, what came back, and when, are never mixed up.
 */
export type Stage =
  | { is: 'resting' }
  /** Chosen, waiting for the action in flight to come back. */
  | { is: 'queued'; choice: Choice; since: number }
  /** In the hands of our server, no answer yet. */
  | { is: 'sent'; choice: SentChoice; since: number }
  /** Our server gave no answer: we cannot know, and ask for the change by its ID. */
  | { is: 'lost'; choice: SentChoice; since: number; code: 'no-answer' | 'offline' }
  /** What our server last said about the change. `since` is when it was chosen, `arrived` when it came to this. */
  | { is: 'answered'; outcome: Outcome; since: number; arrived: number }
  /** Nothing was sent; the operator decides whether it still shall be. */
  | { is: 'held'; choice: Choice; why: Held }
  /** Chime does not have this person any more; found while looking, not while saving. */
  | { is: 'gone' }
  /** The person was looked up again after a change failed because they were gone, and is there. */
  | { is: 'back'; choice: Choice | null; license: string | null }
  /** The person got another plan while the operator was at them; outside Carillon where `by` is null. */
  | { is: 'overtaken'; license: string | null; by: Author | null }
  /** An earlier attempt arrived late and set the plan again. */
  | { is: 'late'; late: LateArrival };

export type Attempt = {
  known: Known | null;
  /** When a change by this operator was last saved, ISO-8601: a later one that fails does not take it away. */
  savedAt: string | null;
  /** The choice made while another is in flight; the last one wins. */
  next: License | null;
  stage: Stage;
};

/** What our server says of a change whose answer was lost. */
export type Found = { outcome: Outcome; license?: Known } | { nothing: true; license: Known };

/**
 * What a row tells beside the plan: who set it last, and whether an earlier attempt arrived late. `expected` is the plan that
 * the page showed to an operator who was just at it.
 */
export type Seen = { by?: Author | null; late?: LateArrival | null; expected?: { license: string | null } };

export type AttemptEvent =
  | {
      type: 'chosen';
      userId: string;
      from: string | null;
      to: License;
      undoes?: string;
      blocked?: 'offline' | 'signed-out';
      now: number;
    }
  | { type: 'sent'; changeId: string; now: number }
  /** The answer to what was sent. */
  | { type: 'answered'; outcome: Outcome; now: number }
  /** What became of a change asked for earlier; it may by now not be the one in flight. */
  | { type: 'followed'; outcome: Outcome; now: number }
  | { type: 'refused'; failure: Failure; now: number }
  | { type: 'silence'; offline: boolean; now: number }
  | { type: 'found'; found: Found; now: number }
  | { type: 'offline' }
  | { type: 'signed-out' }
  | { type: 'signed-in' }
  | { type: 'restored'; choice: Choice; why: 'asked' | 'updated' }
  /** What Chime said when it was asked at `at`. */
  | ({ type: 'seen'; license: string | null; at: number } & Seen)
  | { type: 'gone' }
  /** The person was asked for again, and is there. */
  | { type: 'back'; license: string | null }
  | { type: 'dismissed' };
