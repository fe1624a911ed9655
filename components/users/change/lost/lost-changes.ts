import { isGone, readChanges, readUser } from '../../data/later-reads.ts';
import type { Attempt, AttemptEvent } from '../attempt.ts';
import { findLost } from './find-lost.ts';

type Setup = {
  accountId: string;
  attempts: { get(userId: string): Attempt };
  dispatch: (userId: string, event: AttemptEvent) => void;
  onError: (error: unknown) => void;
};

const longestWait = 10_000;

/** Asks for changes whose answer was lost, more slowly each time, until it knows. */
export function createLostChanges({ accountId, attempts, dispatch, onError }: Setup) {
  const timers = new Map<string, ReturnType<typeof setTimeout>>();

  function watch(userId: string, wait = 1_000) {
    clearTimeout(timers.get(userId));
    const goOn = async () => {
      await lookFor(userId);
      if (attempts.get(userId).stage.is === 'lost') watch(userId, Math.min(Math.max(wait, 500) * 2, longestWait));
    };
    timers.set(userId, setTimeout(goOn, wait));
  }

  async function lookFor(userId: string) {
    const { stage } = attempts.get(userId);
    if (stage.is !== 'lost' || !navigator.onLine) return;
    const at = Date.now();
    try {
      const [{ changes }, { user }] = await Promise.all([
        readChanges(accountId, [stage.choice.changeId]),
        readUser(accountId, userId),
      ]);
      const found = findLost(changes[0], { license: user.license, at }, at - stage.since);
      if (found) dispatch(userId, { type: 'found', found, now: Date.now() });
    } catch (error) {
      if (!isGone(error)) return onError(error);
      const failure = { code: 'not-found', at: new Date().toISOString() } as const;
      dispatch(userId, {
        type: 'found',
        found: { outcome: { ...stage.choice, state: 'failed', failure } },
        now: Date.now(),
      });
    }
  }

  return { watch };
}
