import { setTimeout as sleep } from 'node:timers/promises';
import type { Deps } from './deps.ts';
import { caughtRefusal } from './refusals.ts';
import { maxTries, waitBefore } from './retry.ts';
import { type Turn, takeTurn } from './turn.ts';

/** Tries of one call while Chime throttles us: nobody waits for a listing, so it may take its time. */
const throttledTries = 12;

/** So many times it is enough to wait for the next turn. */
const throttledTurns = 4;

/** The longest wait between two tries in milliseconds, where Chime asks for none in particular. */
const longestWaitMs = 10_000;

/** `readAt` is the database's clock before the request went out. */
export type Patient<T> = { answer: T; readAt: Date };

/**
 * Makes a reading call when the shared pace allows it, and again after what may pass: throttling many times, a fault or a
 * lost connection three times. Throws the `ChimeRefusal` of the last try.
 */
export async function callUntilDeadline<T>(
  deps: Deps,
  call: (turn: Turn) => Promise<T>,
  signal?: AbortSignal,
): Promise<Patient<T>> {
  for (let tries = 1; ; tries += 1) {
    const turn = await takeTurn(deps, 'reading', { signal });
    try {
      return { answer: await call(turn), readAt: turn.readAt };
    } catch (error) {
      const refusal = caughtRefusal(error);
      const isThrottled = refusal.code === 'throttled';
      if (signal?.aborted || tries >= (isThrottled ? throttledTries : maxTries(refusal.code))) throw refusal;
      const waits = isThrottled ? tries - throttledTurns : tries;
      const ms = waits > 0 ? Math.min(waitBefore(waits, undefined), longestWaitMs) : 0;
      await sleep(Math.max(ms, refusal.retryAfterMs ?? 0), undefined, { signal });
    }
  }
}
