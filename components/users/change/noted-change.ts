import type { Attempt } from './attempt.ts';

/** The change that a note is about; undefined where its answer got lost, and the note is about the person. */
export const noteOn = ({ stage }: Attempt) => (stage.is === 'answered' && stage.outcome.changeId) || undefined;
