import type { FailureCode } from '../failures.ts';

/** All tries of one interactive change end within this many milliseconds of the choice. */
export const deadlineMs = 15_000;

/** A change whose process is silent for this long is taken over by a worker: longer than any change is carried. */
export const leaseMs = deadlineMs + 2_000;

/**
 * How long after a request that nobody waited for any more Chime may still apply it. Until then no read-back proves
 * that it did not; afterwards we say that it did not. Twice the request timeout and a margin.
 */
export const lateMs = 25_000;

/** Milliseconds until the next look at a person who could not be read back. */
export const nextLookMs = 3_000;

/** A read of Chime this young answers the conflict check, so that a change costs one call and not two. */
export const freshMs = 10_000;

/** How often a change is tried in all, by what stopped it; 1 where trying again does not help. */
export function maxTries(code: FailureCode): number {
  if (code === 'throttled') return 5;
  return code === 'service-failure' || code === 'unavailable' || code === 'no-answer' || code === 'unreadable' ? 3 : 1;
}

/** Milliseconds before the next try: about 0.5, 1, 2, 4 s, spread by chance; a longer `Retry-After` is obeyed. */
export function waitBefore(tries: number, retryAfterMs: number | undefined, chance = Math.random()): number {
  const wait = 500 * 2 ** (tries - 1) * (0.75 + chance / 2);
  return Math.round(Math.max(wait, retryAfterMs ?? 0));
}
