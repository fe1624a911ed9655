import { type Attempt, isInFlight, isNotSaved, openChangeOf } from './attempt.ts';

const oftenFor = 10_000;
const mostFollowed = 200; // In one address.

/** Facts about all attempts of the page together. */
export function createTally({ all }: { all: () => [string, Attempt][] }) {
  return {
    /** The changes our server is still to be asked about. */
    openChanges: () =>
      all()
        .flatMap(([, attempt]) => openChangeOf(attempt) ?? [])
        .slice(-mostFollowed),

    /** Whether a change has only just come to where it is, so that looking often is worth while. */
    isAnyFresh: () =>
      all().some(([, attempt]) => {
        const { stage } = attempt;
        if (stage.is !== 'answered' || !openChangeOf(attempt)) return false;
        return stage.outcome.state === 'pending' || Date.now() - stage.arrived < oftenFor;
      }),

    notSaved: () =>
      all()
        .filter(([, attempt]) => isNotSaved(attempt))
        .map(([userId]) => userId),

    /** Changes that would be left behind, in flight or undecided; what is kept for after signing in is safe. */
    leftBehind: () =>
      all().filter(([, attempt]) => {
        const { stage } = attempt;
        return isInFlight(attempt) || (isNotSaved(attempt) && !(stage.is === 'held' && stage.why !== 'offline'));
      }).length,
  };
}
