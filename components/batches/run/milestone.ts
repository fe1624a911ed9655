import { type BatchView, parts } from '@/lib/batches/batch.ts';
import * as texts from '@/lib/texts/batches.ts';

/** What is said aloud between two looks at a batch: turning points only. Null where there is none. */
export function milestoneBetween(before: BatchView, now: BatchView): string | null {
  if (before.state !== now.state) return turnOf(before, now);
  if (now.state !== 'running') return null;
  if (now.held && !before.held) return texts.held[now.held.code] ?? texts.held.other;
  const quarter = quarterOf(now);
  return quarter > quarterOf(before) && quarter < 4 ? texts.milestones.share(quarter * 25, now.failed) : null;
}

const quarterOf = ({ changed, failed, total }: BatchView) =>
  total === 0 ? 0 : Math.floor((4 * (changed + failed)) / total);

export const sentenceOf = (batch: BatchView): string =>
  batch.changed === batch.total && partsNotChanged(batch).length === 0
    ? texts.result.allChanged(batch.changed)
    : `${texts.result.sentence(batch)}.`;

/** The groups with anybody in them who was never to be changed. */
const partsNotChanged = ({ parts: counts }: BatchView) => parts.filter((part) => part !== 'change' && counts[part] > 0);

function turnOf(before: BatchView, now: BatchView): string | null {
  switch (now.state) {
    case 'draft':
      return null;
    case 'running':
      return before.state === 'paused' ? texts.milestones.resumed : texts.milestones.running(now.total);
    case 'paused':
      return now.cause === 'failures'
        ? texts.milestones.pausedByFailures
        : now.cause === 'account'
          ? texts.milestones.pausedByAccount
          : texts.milestones.paused;
    case 'done':
      return texts.milestones.ended(sentenceOf(now));
    case 'stopped':
      return texts.milestones.stopped(sentenceOf(now));
    case 'waiting':
    case 'scheduled':
    case 'starting':
    case 'discarded':
      return texts.milestones[now.state];
  }
}
