import * as texts from '@/lib/texts/changes.ts';
import { unmarked } from '@/lib/texts/marks.ts';
import * as words from '@/lib/texts/words.ts';
import type { Attempt } from '../change/attempt.ts';
import { endsOf, messageOf } from '../plan/message.ts';
import type { Around } from '../plan/message-parts.ts';

export type Announcement = { kind: 'saved' | 'failed' | 'told'; urgent: boolean; text: string };

/** What is said aloud when a person's change goes from one stage to the next; null where nothing new is to be heard. */
export function announcementOf(before: Attempt, after: Attempt, around: Around): Announcement | null {
  if (keyOf(before) === keyOf(after)) return null;
  const { stage } = after;
  if (stage.is === 'answered' && stage.outcome.state === 'applied' && stage.outcome.confirmation !== 'not-visible') {
    const { to, undoes, despite } = stage.outcome;
    const planName = words.plan(to);
    const text = despite
      ? unmarked(texts.row.despite(around.name, planName))
      : undoes
        ? texts.spoken.undone(around.name, planName)
        : texts.spoken.saved(around.name, planName);
    return { kind: 'saved', urgent: false, text: [text, endsOf(stage.outcome)].filter(Boolean).join(' ') };
  }
  const message = isSpoken(after) ? messageOf(after, around) : null;
  if (!message) return null;
  const failed = stage.is === 'answered' && stage.outcome.state === 'failed';
  const urgent = failed || (stage.is === 'answered' && stage.outcome.state === 'unknown') || isHeldBack(after);
  return {
    kind: failed ? 'failed' : 'told',
    urgent,
    text: texts.spoken.about(around.name, unmarked(message.text)),
  };
}

/** Two stages with the same key sound the same: countdowns and repeated looks are announced once. */
function keyOf({ stage }: Attempt): string {
  if (stage.is === 'held') return `held ${stage.why}`;
  if (stage.is !== 'answered') return stage.is;
  const { outcome } = stage;
  const about = `${outcome.changeId ?? ''} ${outcome.to}`;
  switch (outcome.state) {
    case 'pending':
      return `pending ${about} ${outcome.checking ? 'checking' : outcome.waitingFor ? 'waiting' : ''}`;
    case 'applied':
      return `applied ${about} ${outcome.confirmation === 'not-visible'}`;
    case 'failed':
      return `failed ${about} ${outcome.failure.code} ${outcome.failure.at}`;
    case 'unknown':
      return `unknown ${about}`;
  }
}

function isSpoken({ stage }: Attempt): boolean {
  if (['held', 'gone', 'lost', 'back', 'overtaken', 'late'].includes(stage.is)) return true;
  if (stage.is !== 'answered') return false;
  return stage.outcome.state !== 'pending' || stage.outcome.checking || stage.outcome.waitingFor !== undefined;
}

const isHeldBack = ({ stage }: Attempt) =>
  (stage.is === 'held' && stage.why !== 'asked') || stage.is === 'overtaken' || stage.is === 'late';

/** One sentence for what is heard at once: each by itself while there are few, counted when there are many. */
export function together(announcements: Announcement[]): string {
  if (announcements.length <= 2) return announcements.map(({ text }) => text).join(' ');
  const count = (kind: Announcement['kind']) => announcements.filter((one) => one.kind === kind).length;
  const told = announcements.filter(({ kind }) => kind === 'told').map(({ text }) => text);
  return [texts.spoken.grouped(count('saved'), count('failed')), ...told.slice(0, 1)].filter(Boolean).join('. ');
}
