import { setTimeout as sleep } from 'node:timers/promises';
import { mostTries, waitBefore } from '../changes/retry.ts';
import { askForTurn, holdBack, readPace } from '../chime/rate.ts';
import { caughtRefusal } from '../chime/refusals.ts';
import type { Deps } from '../deps.ts';

/** Tries of one call while Chime throttles us: nobody waits for a listing, so it may take its time. */
const throttledTries = 12;

/** The longest wait between two tries in milliseconds, where Chime asks for none in particular. */
const longestWaitMs = 10_000;

/** `readAt` is the database's clock before the request went out. */
export type Patient<T> = { answer: T; readAt: Date };

/**
 * Makes a reading call when the shared pace allows it, and again after what may pass: throttling many times, a fault or a
 * lost connection three times. Throws the `ChimeRefusal` of the last try.
 */
export async function callPatiently<T>(
  { chime, db }: Deps,
  call: () => Promise<T>,
  signal?: AbortSignal,
): Promise<Patient<T>> {
  for (let tries = 1; ; tries += 1) {
    const readAt = await turn(db, chime.name, signal);
    try {
      return { answer: await call(), readAt };
    } catch (error) {
      const refusal = caughtRefusal(error);
      const isThrottled = refusal.code === 'throttled';
      if (signal?.aborted || tries >= (isThrottled ? throttledTries : mostTries(refusal.code))) throw refusal;
      const ms = Math.max(Math.min(waitBefore(tries, undefined), longestWaitMs), refusal.retryAfterMs ?? 0);
      if (isThrottled) await holdBack(db, chime.name, ms);
      else await sleep(ms, undefined, { signal });
    }
  }
}

/** Waits until the pace that all processes share lets a call through; the answer is the database's clock at that moment. */
async function turn(db: Deps['db'], endpoint: string, signal?: AbortSignal): Promise<Date> {
  for (;;) {
    const { now, waitMs, isLearnt } = await readPace(db, endpoint, false);
    const ms = waitMs === 0 && isLearnt ? await askForTurn(db, endpoint, 0) : waitMs;
    if (ms === 0) return now;
    await sleep(ms, undefined, { signal });
  }
}
