import { notify } from '../../ui/cell.ts';
import type { Attempt } from './attempt.ts';
import { untouched } from './resting-attempt.ts';

/** The attempts of everyone on the page, outside its rows: a change draws one row again, and outlives a search. */
export function createAttempts() {
  const attempts = new Map<string, Attempt>();
  const listeners = new Map<string, Set<() => void>>();
  const everyone = new Set<() => void>();
  let version = 0;

  return {
    get: (userId: string) => attempts.get(userId) ?? untouched,
    has: (userId: string) => attempts.has(userId),
    all: () => [...attempts],
    /** Another number after every step of any attempt. */
    version: () => version,

    set(userId: string, attempt: Attempt) {
      attempts.set(userId, attempt);
      version += 1;
      notify(listeners.get(userId) ?? []);
      notify(everyone);
    },

    subscribe(userId: string, listener: () => void) {
      const own = listeners.get(userId) ?? new Set();
      listeners.set(userId, own.add(listener));
      return () => {
        own.delete(listener);
      };
    },

    subscribeAll(listener: () => void) {
      everyone.add(listener);
      return () => {
        everyone.delete(listener);
      };
    },
  };
}
