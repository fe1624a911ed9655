import * as texts from '@/lib/texts/changes.ts';
import { unmarked } from '@/lib/texts/marks.ts';
import * as words from '@/lib/texts/words.ts';
import type { Attempt } from '../change/attempt.ts';
import { choiceOf } from '../change/attempt-facts.ts';
import type { PageStore } from '../page-store.ts';
import { second, slowAfter } from '../plan/durations.ts';
import { announcementOf } from './announcement.ts';
import type { Announcer } from './announcer.ts';

/** Says what becomes of changes, for people who do not see the rows. */
export function createChangeAnnouncer(
  { attempts, pageStatus, supported }: PageStore,
  announcer: Announcer,
  nameOf: (userId: string) => string,
) {
  /** That everything is locked is said once by the notice; a failure for the same reason is then no alarm any more. */
  function announce(userId: string, before: Attempt, after: Attempt, wasLocked: boolean) {
    const known = after.known?.license ?? choiceOf(after)?.from ?? null;
    const { online } = pageStatus.get();
    const around = { name: nameOf(userId), known, now: Date.now(), online, locked: false, supported };
    const said = announcementOf(before, after, around);
    if (said) announcer.say({ ...said, urgent: said.urgent && !(wasLocked && said.kind === 'failed') });
  }

  function whileSaving(userId: string, since: number) {
    const planName = words.plan(choiceOf(attempts.get(userId))?.to ?? null);
    const say = (text: string) => isStillSaving(attempts.get(userId), since) && announcer.sayText(text);
    setTimeout(() => say(texts.spoken.saving(planName, nameOf(userId))), second);
    setTimeout(() => say(texts.spoken.slow(nameOf(userId))), slowAfter);
  }

  function whileLost(userId: string, since: number) {
    const text = unmarked(texts.row.cannotTell);
    setTimeout(() => {
      const { stage } = attempts.get(userId);
      if (stage.is === 'lost' && stage.since === since)
        announcer.say({ kind: 'told', urgent: true, text: texts.spoken.about(nameOf(userId), text) });
    }, slowAfter);
  }

  return { announce, whileSaving, whileLost };
}

function isStillSaving({ stage }: Attempt, since: number): boolean {
  if (stage.is === 'sent') return stage.since === since;
  if (stage.is !== 'answered' || stage.outcome.state !== 'pending') return false;
  return stage.since === since && !stage.outcome.checking && !stage.outcome.waitingFor;
}
