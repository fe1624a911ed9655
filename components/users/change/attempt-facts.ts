import type { Choice } from '@/lib/changes/change.ts';
import type { Failure } from '@/lib/failures.ts';
import { isLicense, type License } from '@/lib/licenses/license.ts';
import type { Attempt, Known } from './attempt.ts';

/** The change as it was asked for, while there is one. */
export function choiceOf({ stage }: Attempt): Choice | null {
  if ('choice' in stage) return stage.choice;
  if (stage.is !== 'answered') return null;
  const { userId, from, to, undoes } = stage.outcome;
  return undoes ? { userId, from, to, undoes } : { userId, from, to };
}

export function isInFlight({ stage }: Attempt): boolean {
  if (stage.is === 'answered') return stage.outcome.state === 'pending' || stage.outcome.state === 'unknown';
  return stage.is === 'queued' || stage.is === 'sent' || stage.is === 'lost';
}

/** Whether the operator still has to decide something about this person; who cancels has decided. */
export function isNotSaved(attempt: Attempt): boolean {
  const failure = failureOf(attempt);
  return attempt.stage.is === 'held' || (failure !== null && failure.code !== 'cancelled');
}

export function failureOf({ stage }: Attempt): Failure | null {
  return stage.is === 'answered' && stage.outcome.state === 'failed' ? stage.outcome.failure : null;
}

/** The change our server is still to be asked about. */
export function openChangeOf({ stage }: Attempt): string | null {
  if (stage.is !== 'answered') return null;
  const { outcome } = stage;
  if (outcome.state === 'failed' || (outcome.state === 'applied' && outcome.confirmation === 'confirmed')) return null;
  return outcome.changeId || null;
}

/** The plan the cell shows: what is wanted while it is in flight, else what Chime last told us. */
export function shownLicense(attempt: Attempt, listed: Known): string | null {
  if (isInFlight(attempt)) return attempt.next ?? choiceOf(attempt)?.to ?? null;
  return knownLicense(attempt, listed);
}

export function knownLicense({ known }: Attempt, listed: Known): string | null {
  return known && known.at >= listed.at ? known.license : listed.license;
}

/** The change that Undo would take back, by a plan that the account still gives. */
export function undoOf({ stage }: Attempt, supported: License[]): { to: License; undoes?: string } | null {
  if (stage.is !== 'answered' || stage.outcome.state !== 'applied') return null;
  const { outcome } = stage;
  if (outcome.undoes || !isLicense(outcome.from) || outcome.from === outcome.to) return null;
  if (!supported.includes(outcome.from)) return null;
  return outcome.changeId ? { to: outcome.from, undoes: outcome.changeId } : { to: outcome.from };
}
