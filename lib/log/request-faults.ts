import { log } from './log.ts';

const shared = globalThis as typeof globalThis & { carillonLoggedFaults?: WeakSet<Error> };
// Next loads this module once for each bundle, and there must be one for all.
shared.carillonLoggedFaults ??= new WeakSet();
const logged = shared.carillonLoggedFaults;

/** Notes that a fault has its line in the log; false where it had one already. */
export function isFirstLineOf(error: Error): boolean {
  if (logged.has(error)) return false;
  logged.add(error);
  return true;
}

/**
 * Logs once what a page, a route or an action did not expect: where, and under which reference the page shows it. `route` is a pattern
 * of the build, never an address.
 */
export function logRequestFault(error: unknown, at: { method: string; route: string; kind: string }): void {
  const err = error instanceof Error ? error : new Error('What was thrown is no error.');
  if (!isFirstLineOf(err)) return;
  const reference = 'digest' in err && typeof err.digest === 'string' ? err.digest.split('@')[0] : undefined;
  log.error({ err, reference, ...at }, 'A request failed on our side');
}
