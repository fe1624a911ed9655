import { setTimeout as sleep } from 'node:timers/promises';
import { log } from '../log/log.ts';
import type { Wait } from './alarm.ts';

/** The longest pause after failures in a row; the first is a quarter of a second, and each is twice as long as the last. */
const longestPauseMs = 8_000;

/**
 * Runs something over and over, with a pause in between, until told to stop. A run that fails is tried again after a pause
 * that grows, and what stopped it is logged once, until it is something else or has passed. `wait` may end a pause sooner.
 */
export async function repeat(
  what: string,
  pauseMs: number,
  stopping: AbortSignal,
  run: () => Promise<unknown>,
  wait: Wait = (ms, signal) => sleep(ms, undefined, { signal }).catch(() => undefined),
): Promise<void> {
  let failures = 0;
  let logged = '';
  while (!stopping.aborted) {
    try {
      await run();
      if (failures > 0) log.info({ failures }, `Could ${what} again`);
      failures = 0;
      logged = '';
      await wait(pauseMs, stopping);
    } catch (error) {
      if (stopping.aborted) return;
      const said = String(error);
      if (said !== logged) log.error({ err: error }, `Could not ${what}`);
      logged = said;
      const pause = Math.min(longestPauseMs, 250 * 2 ** failures);
      failures += 1;
      await sleep(pause, undefined, { signal: stopping }).catch(() => undefined);
    }
  }
}
