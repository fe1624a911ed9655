import type { Batch } from './store.ts';

/** At the pace since the mark before the last one, so that a new mark does not let the pace jump: 20 to 40 seconds. */
export function secondsLeft(batch: Batch): number | null {
  const { state, total, changed, failed } = batch;
  const since = batch.pace_before_at ?? batch.pace_at;
  const before = batch.pace_before_at ? batch.pace_before_done : batch.pace_done;
  if (state !== 'running' || since === null) return null;
  const done = changed + failed;
  const seconds = (Date.now() - since.getTime()) / 1_000;
  if (done <= before || seconds < 0.5) return null;
  return Math.ceil(((total - done) * seconds) / (done - before));
}
