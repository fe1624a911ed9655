import type { Attempt } from './attempt.ts';

/** The attempt of a person nothing was asked for. By itself, so that the list can be drawn without all that can follow. */
export const untouched: Attempt = { known: null, savedAt: null, next: null, stage: { is: 'resting' } };
