/** A batch pauses, and asks, when more than this part of those who have an outcome failed. */
export const toleratedFailures = 0.05;

/** Fewer outcomes than this say nothing of the rest. */
const fewest = 50;

/** Whether too many have failed since somebody last said that it may go on. */
export function hasTooManyFailures(batch: {
  changed: number;
  failed: number;
  allowed_changed: number;
  allowed_failed: number;
}): boolean {
  const failed = batch.failed - batch.allowed_failed;
  const outcomes = failed + batch.changed - batch.allowed_changed;
  return outcomes >= fewest && failed > toleratedFailures * outcomes;
}
