import type { Attempt, AttemptEvent } from './attempt.ts';
import { findChange } from './lost.ts';
import { isGone, readHistory, readUser, serverTime } from './reads.ts';

type Setup = {
  accountId: string;
  operatorName: string;
  attempts: { get(userId: string): Attempt };
  tell: (userId: string, event: AttemptEvent) => void;
  hear: (error: unknown) => void;
};

const longestWait = 10_000;

/** Looks for the traces of changes whose answer was lost, more slowly each time, until it knows. */
export function createLookout({ accountId, operatorName, attempts, tell, hear }: Setup) {
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
      const [history, { user }] = await Promise.all([readHistory(accountId, userId), readUser(accountId, userId)]);
      const found = findChange(stage.choice, {
        history,
        license: { license: user.license, at },
        sentAt: serverTime(stage.since),
        age: at - stage.since,
        operatorName,
      });
      if (found) tell(userId, { type: 'found', found, now: Date.now() });
    } catch (error) {
      if (!isGone(error)) return hear(error);
      const failure = { code: 'not-found', at: new Date().toISOString() } as const;
      tell(userId, {
        type: 'found',
        found: { outcome: { ...stage.choice, state: 'failed', failure } },
        now: Date.now(),
      });
    }
  }

  return { watch };
}
