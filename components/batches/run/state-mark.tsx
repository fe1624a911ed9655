import type { BatchState } from '@/lib/batches/batch.ts';
import * as texts from '@/lib/texts/batches.ts';
import { Icon, type IconName } from '../../ui/icon.tsx';

const looks: Record<BatchState, { icon: IconName; tone: string }> = {
  draft: { icon: 'question', tone: 'text-quiet' },
  waiting: { icon: 'group', tone: 'text-wait' },
  scheduled: { icon: 'clock', tone: 'text-quiet' },
  starting: { icon: 'clock', tone: 'text-bell' },
  running: { icon: 'clock', tone: 'text-bell' },
  paused: { icon: 'warning', tone: 'text-wait' },
  stopped: { icon: 'cross', tone: 'text-bad' },
  done: { icon: 'tick', tone: 'text-good' },
  discarded: { icon: 'cross', tone: 'text-quiet' },
};

/** Where a batch stands: a sign and its word. An end with people who failed asks for a look, as a pause does. */
export function StateMark({ state, failed = 0 }: { state: BatchState; failed?: number }) {
  const { icon, tone } = state === 'done' && failed > 0 ? looks.paused : looks[state];
  return (
    <span className={`inline-flex items-center gap-1.5 font-medium ${tone}`}>
      <Icon name={icon} size={14} />
      {texts.stateWord[state]}
    </span>
  );
}
