import type { Failure, FailureCode } from '../failures.ts';
import type { EarlierEnd } from '../licenses/ending.ts';
import type { License } from '../licenses/license.ts';

/**
 * One choice in the plan cell: what the operator saw and what they want. `undoes` names the change it takes back. `changeId` is the
 * caller's ID for the change, a UUID: the same choice sent again with it is the same change.
 */
export type Choice = { userId: string; from: string | null; to: License; undoes?: string; changeId?: string };

/** The most choices that travel in one action. */
export const maxChoices = 50;

/**
 * Where a change stands, as it travels to the browser. Moments are ISO-8601.
 *
 * pending: on its way. `waitingFor` is set between two tries, `checking` while we read the person back.
 * applied: Chime accepted it. `confirmation` tells whether Chime also shows it (`shown` is what it shows instead).
 * failed: certainly not made. unknown: sent, no answer, not yet found out; never to be repeated by hand.
 */
export type Outcome = { userId: string; from: string | null; to: License; undoes?: string } & (
  | {
      state: 'pending';
      changeId: string;
      requestedAt: string;
      tries: number;
      maxTries: number;
      checking: boolean;
      waitingFor?: FailureCode;
      nextTryAt?: string;
    }
  | {
      state: 'applied';
      changeId: string;
      appliedAt: string;
      confirmation: 'awaited' | 'confirmed' | 'not-visible';
      shown?: string | null;
      /** The fault Chime reported although the change took. */
      despite?: Failure;
      /** The end date of the plan that it removed. */
      removedEnd?: string;
      /** Of an undo: the end date that the plan had before. */
      earlierEnd?: EarlierEnd;
    }
  | { state: 'failed'; changeId?: string; failure: Failure }
  | { state: 'unknown'; changeId: string; failure: Failure }
);
