import { setTimeout as sleep } from 'node:timers/promises';
import { log } from '../log.ts';
import type { Alarm } from './alarm.ts';

/** After a failure the next run comes after this many milliseconds, where the usual pause is longer. */
const againAfterMs = 2_000;

/**
 * Runs something over and over, with a pause in between, until told to stop; a run that fails is logged and tried again.
 * `wait` may end a pause sooner.
 */
export async function repeat(
  what: string,
  pauseMs: number,
  stopping: AbortSignal,
  run: () => Promise<unknown>,
  wait: Alarm['wait'] = (ms, signal) => sleep(ms, undefined, { signal }).catch(() => undefined),
): Promise<void> {
  while (!stopping.aborted) {
    const failed = await run().then(
      () => false,
      (error: unknown) => {
        if (!stopping.aborted) log.error({ err: error }, `Could not ${what}`);
        return true;
      },
    );
    const ms = failed ? Math.min(pauseMs, againAfterMs) : pauseMs;
    await wait(ms, stopping);
  }
}
