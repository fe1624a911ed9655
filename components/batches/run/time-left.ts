const minute = 60;
const hour = 3_600;

/** The steps in which a rest of time is told, in seconds, by how long it is: the longer, the coarser. */
const stepOf = (seconds: number): number =>
  seconds <= minute ? 10 : seconds <= 10 * minute ? minute : seconds <= hour ? 5 * minute : hour / 2;

/** A number of seconds, rounded up to what can be told without being wrong a moment later. */
export function roundUp(seconds: number): number {
  const step = stepOf(seconds);
  return Math.max(step, Math.ceil(seconds / step) * step);
}

/** So much longer than what is shown an estimate has to be before more time is told than a moment ago. */
const slack = 1.25;

/**
 * What to show, in seconds, where `shown` stood and `estimate` is how long it takes now. It goes down with the estimate, and up
 * only where that has grown clearly: the pace of single calls is no reason. Null where nothing is known.
 */
export function steadied(shown: number | null, estimate: number | null): number | null {
  if (estimate === null) return shown;
  const next = roundUp(estimate);
  if (shown === null || next <= shown) return next;
  return estimate > shown * slack ? next : shown;
}
