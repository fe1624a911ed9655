import type { FailureCode } from '../failures.ts';

/*
 * The one policy of calls to Chime: how long a call may take, how often it is made again, and when its effect can still come late.
 * Changes, batches and readings take their numbers from here; all are milliseconds, unless they count tries. How many calls a second
 * all processes make together is in `pace.ts`.
 */

/** A connection must stand within this, and the whole answer be there within `answerMs`. */
export const connectionMs = 3_000;
export const answerMs = 10_000;

/** All tries of one interactive change end within this time of the choice. */
export const deadlineMs = 15_000;

/** A change whose process is silent for this long is taken over by a worker: longer than any change is carried. */
export const leaseMs = deadlineMs + 2_000;

/** Longer than this nobody looks at a list of plans. */
export const lookDeadlineMs = 10_000;

/** A read of Chime this young answers the conflict check, so that a change costs one call and not two. */
export const freshMs = 10_000;

/**
 * How long after a request that nobody waited for any more Chime may still apply it. Until then no read-back proves
 * that it did not; afterwards we say that it did not. Twice the request timeout and a margin.
 */
export const lateMs = 2 * answerMs + 5_000;

/** For so long after it was sent, a call that nobody waited for any more is looked for, and how often. */
export const watchLateMs = 60_000;
export const lookForLateMs = 3_000;

/** Until the next look at a person who could not be read back. */
export const nextLookMs = 3_000;

/** Before each look at a change that Chime has accepted; what it does not show by then, the workers look after. */
export const confirmingLooksMs = [0, 1_000, 2_000, 4_000, 8_000];

const firstWaitMs = 500;

/** How often a change is tried in all, by what stopped it; 1 where trying again does not help. */
export function maxTries(code: FailureCode): number {
  if (code === 'throttled') return 5;
  return code === 'service-failure' || code === 'unavailable' || code === 'no-answer' || code === 'unreadable' ? 3 : 1;
}

/** Before the next try: about 0.5, 1, 2, 4 s, spread by chance; a longer `Retry-After` is obeyed. */
export function waitBefore(tries: number, retryAfterMs: number | undefined, chance = Math.random()): number {
  const wait = firstWaitMs * 2 ** (tries - 1) * (0.75 + chance / 2);
  return Math.round(Math.max(wait, retryAfterMs ?? 0));
}

/** The same for a mere reading, as of a listing: nobody waits for it, so while Chime throttles us it may take its time. */
export const maxReadingTries = (code: FailureCode): number => (code === 'throttled' ? 12 : maxTries(code));

/** So many times it is enough to wait for the next turn where Chime throttled a reading. */
const throttledTurns = 4;
const longestReadingWaitMs = 10_000;

/** Before the next try of a reading: never longer than 10 s, unless `Retry-After` asks for more. */
export function waitBeforeReading(tries: number, code: FailureCode, retryAfterMs: number | undefined): number {
  const waits = code === 'throttled' ? tries - throttledTurns : tries;
  const ms = waits > 0 ? Math.min(waitBefore(waits, undefined), longestReadingWaitMs) : 0;
  return Math.max(ms, retryAfterMs ?? 0);
}

/** Before people of a batch who were sent so many times are sent again: 1, 2, 4 s and so on; the next call waits for its turn besides. */
export const waitBeforeResending = (tries: number): number => firstWaitMs * 2 ** tries;

/** How long nothing is sent of a batch that Chime as a whole stands in the way of: at first, and at most after twice as long each time. */
export const firstHoldMs = firstWaitMs;
export const longestHoldMs = 15_000;

/** Chime as a whole does not answer, or does not let us in: says nothing of the people a call is about. */
export function isObstacle(code: FailureCode): boolean {
  return code === 'unavailable' || code === 'unauthorized' || code === 'retired' || code === 'no-answer';
}
