import { adviceByCode } from '@/lib/changes/advice.ts';
import type { FailureCode } from '@/lib/failures.ts';
import type { Attempt } from './attempt.ts';
import { failureOf, isInFlight, isNotSaved, openChangeOf } from './attempt-facts.ts';

export type NotSavedCause = { cause: FailureCode | 'held'; userIds: string[] };

/** Whether the same wish can work for all of a cause; a conflict is decided person by person, as somebody else has chosen. */
export const canBeTriedAgain = ({ cause }: NotSavedCause) =>
  cause === 'held' || (cause !== 'conflict' && adviceByCode[cause].again !== 'never');

const oftenFor = 10_000;
const maxFollowed = 200; // In one address.

/** Facts about all attempts of the page together. */
export function createTotals({ all }: { all: () => [string, Attempt][] }) {
  return {
    /** The changes our server is still to be asked about. */
    openChanges: () =>
      all()
        .flatMap(([, attempt]) => openChangeOf(attempt) ?? [])
        .slice(-maxFollowed),

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

    /** The same people by what stopped their change, the commonest cause first; `held` was not sent yet. */
    notSavedByCause: (): NotSavedCause[] => {
      const waiting = all().filter(([, attempt]) => isNotSaved(attempt));
      const byCause = Map.groupBy(waiting, ([, attempt]): NotSavedCause['cause'] => failureOf(attempt)?.code ?? 'held');
      return [...byCause]
        .map(([cause, people]) => ({ cause, userIds: people.map(([userId]) => userId) }))
        .sort((one, other) => other.userIds.length - one.userIds.length);
    },

    /** Changes that would be left behind, in flight or undecided; what is kept for after signing in is safe. */
    leftBehind: () =>
      all().filter(([, attempt]) => {
        const { stage } = attempt;
        return isInFlight(attempt) || (isNotSaved(attempt) && !(stage.is === 'held' && stage.why !== 'offline'));
      }).length,
  };
}
