import type { Attempt } from '../change/attempt.ts';

/** Whether a message says something else as time passes; else only an event changes it. */
export const changesWithTime = ({ stage }: Attempt): boolean =>
  stage.is === 'answered'
    ? stage.outcome.state === 'pending'
    : stage.is === 'queued' || stage.is === 'sent' || stage.is === 'lost';
