import { log } from '../log/log.ts';

/**
 * What the framework and libraries print by themselves goes into our log as one line each: the error that they print, and
 * none of the words, which may quote anything and run over many lines.
 */
export function sendConsoleToLog(): void {
  for (const level of ['error', 'warn'] as const) {
    console[level] = (...printed: unknown[]) => {
      log[level]({ err: printed.find((one) => one instanceof Error) }, 'The web framework reports a fault');
    };
  }
  for (const name of ['log', 'info', 'debug'] as const) console[name] = () => {};
}
