import { setTimeout as sleep } from 'node:timers/promises';
import { log } from '../log/log.ts';
import { isFirstLineOf } from '../log/request-faults.ts';

/** Within this time Next gives a fault of a request, which it prints first, to our own `onRequestError`, which knows more of it. */
const tellsWithinMs = 1_000;

/**
 * What the framework and libraries print by themselves goes into our log as one line each: the error that they print, and
 * none of the words, which may quote anything and run over many lines. An error that is logged elsewhere has one line in all.
 */
export function sendConsoleToLog(): void {
  for (const level of ['error', 'warn'] as const) {
    console[level] = async (...printed: unknown[]) => {
      const err = printed.find((one) => one instanceof Error);
      if (err) await sleep(tellsWithinMs);
      if (!err || isFirstLineOf(err)) log[level]({ err }, 'The web framework reports a fault');
    };
  }
  for (const name of ['log', 'info', 'debug'] as const) console[name] = () => {};
}
