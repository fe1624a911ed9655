import * as texts from '@/lib/texts/changes.ts';
import { unmarked } from '@/lib/texts/marks.ts';
import * as words from '@/lib/texts/words.ts';
import { type Attempt, choiceOf } from '../change/attempt.ts';
import type { Desk } from '../desk.ts';
import { second, slowAfter } from '../plan/durations.ts';
import { announcementOf } from './announcement.ts';
import type { Voice } from './voice.ts';

/** Says what becomes of changes, for people who do not see the rows. */
export function createAloud({ attempts, site, supported }: Desk, voice: Voice, nameOf: (userId: string) => string) {
  /** That everything is locked is said once by the notice; a failure for the same reason is then no alarm any more. */
  function announce(userId: string, before: Attempt, after: Attempt, wasLocked: boolean) {
    const known = after.known?.license ?? choiceOf(after)?.from ?? null;
    const { online } = site.get();
    const around = { name: nameOf(userId), known, now: Date.now(), online, locked: false, supported };
    const said = announcementOf(before, after, around);
    if (said) voice.say({ ...said, urgent: said.urgent && !(wasLocked && said.kind === 'failed') });
  }

  function whileSaving(userId: string, since: number) {
    const planName = words.plan(choiceOf(attempts.get(userId))?.to ?? null);
    const say = (text: string) => isStillSaving(attempts.get(userId), since) && voice.tell(text);
    setTimeout(() => say(texts.spoken.saving(planName, nameOf(userId))), second);
    setTimeout(() => say(texts.spoken.slow(nameOf(userId))), slowAfter);
  }

  function whileLost(userId: string, since: number) {
    const text = unmarked(texts.row.cannotTell);
    setTimeout(() => {
      const { stage } = attempts.get(userId);
      if (stage.is === 'lost' && stage.since === since)
        voice.say({ kind: 'told', urgent: true, text: texts.spoken.about(nameOf(userId), text) });
    }, slowAfter);
  }

  return { announce, whileSaving, whileLost };
}

function isStillSaving({ stage }: Attempt, since: number): boolean {
  if (stage.is === 'sent') return stage.since === since;
  if (stage.is !== 'answered' || stage.outcome.state !== 'pending') return false;
  return stage.since === since && !stage.outcome.checking && !stage.outcome.waitingFor;
}
