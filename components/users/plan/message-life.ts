import { type Attempt, isInFlight } from '../change/attempt.ts';
import { second, undoFor } from './durations.ts';
import { messageOf } from './message.ts';

/** Until when a message may change by itself; null where only an event changes it. */
export function ticksUntil({ stage }: Attempt): number | null {
  if (stage.is === 'queued' || stage.is === 'sent' || stage.is === 'lost') return Number.POSITIVE_INFINITY;
  if (stage.is !== 'answered') return null;
  if (stage.outcome.state === 'pending') return Number.POSITIVE_INFINITY;
  return stage.outcome.state === 'applied' ? stage.arrived + undoFor + second : null;
}

/** Whether a row keeps its place: as long as there is something to say about it. */
export const isWorkedOn = (attempt: Attempt, now: number) =>
  messageOf(attempt, { name: '', known: null, now, online: true, locked: false, supported: [] }) !== null ||
  isInFlight(attempt);
