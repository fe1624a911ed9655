import { setTimeout as sleep } from 'node:timers/promises';
import { log } from '../log.ts';

/** After a failure the next run comes after this many milliseconds, where the usual pause is longer. */
const againAfterMs = 2_000;

/** Runs something over and over, with a pause in between, until told to stop; a run that fails is logged and tried again. */
export async function repeat(
  what: string,
  pauseMs: number,
  stopping: AbortSignal,
  run: () => Promise<unknown>,
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
    await sleep(ms, undefined, { signal: stopping }).catch(() => undefined);
  }
}
