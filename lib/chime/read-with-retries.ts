import { setTimeout as sleep } from 'node:timers/promises';
import { maxReadingTries, waitBeforeReading } from './call-policy.ts';
import type { Deps } from './deps.ts';
import { caughtRefusal } from './refusals.ts';
import { type Turn, takeTurn } from './turn.ts';

/** `readAt` is the database's clock before the request went out. */
export type Read<T> = { answer: T; readAt: Date };

/**
 * Makes a reading call when the shared pace allows it, and again after what may pass: throttling many times, a fault or a
 * lost connection three times. Throws the `ChimeRefusal` of the last try.
 */
export async function readWithRetries<T>(
  deps: Deps,
  call: (turn: Turn) => Promise<T>,
  signal?: AbortSignal,
): Promise<Read<T>> {
  for (let tries = 1; ; tries += 1) {
    const turn = await takeTurn(deps, 'reading', { signal });
    try {
      return { answer: await call(turn), readAt: turn.readAt };
    } catch (error) {
      const refusal = caughtRefusal(error);
      if (signal?.aborted || tries >= maxReadingTries(refusal.code)) throw refusal;
      await sleep(waitBeforeReading(tries, refusal.code, refusal.retryAfterMs), undefined, { signal });
    }
  }
}
