import type { Outcome } from '@/lib/changes/change.ts';
import { isLicense } from '@/lib/licenses/license.ts';
import * as texts from '@/lib/texts/changes.ts';
import { when } from '@/lib/texts/formats.ts';
import { unmarked } from '@/lib/texts/marks.ts';
import * as words from '@/lib/texts/words.ts';
import type { LateArrival } from '@/lib/users/user.ts';
import type { Attempt, Stage } from '../change/attempt.ts';
import { choiceOf, undoOf } from '../change/attempt-facts.ts';
import { second, slowAfter } from './durations.ts';
import { failureMessage, heldMessage } from './failure-message.ts';
import type { Act, Around, Message } from './message-parts.ts';

/** Of no use while nothing can be saved at all. */
const savingActs = new Set<Act>(['again', 'change', 'choose', 'save', 'set-back', 'leave', 'undo', 'note', 'until']);

export function messageOf(attempt: Attempt, around: Around): Message | null {
  const message = rawMessageOf(attempt, around);
  if (!message || !around.locked) return message;
  return { ...message, acts: message.acts.filter((act) => !savingActs.has(act)) };
}

function rawMessageOf(attempt: Attempt, around: Around): Message | null {
  const { stage } = attempt;
  switch (stage.is) {
    case 'resting':
      return null;
    case 'queued':
    case 'sent':
      return saving(attempt, around.now - stage.since);
    case 'lost':
      return around.now - stage.since < slowAfter ? checking(around) : cannotTell(attempt, ['check']);
    case 'held':
      return heldMessage(attempt, stage.why, around);
    case 'gone':
      return { tone: 'bad', icon: 'warning', text: texts.row.gone(plainName(around)), acts: ['look', 'hide'] };
    case 'back':
      return {
        tone: 'wait',
        icon: 'question',
        text: texts.row.back(plainName(around), words.plan(stage.license)),
        acts: stage.choice ? ['again'] : [],
        isDismissable: true,
      };
    case 'overtaken':
      return {
        tone: 'wait',
        icon: 'question',
        text: overtakenText(stage),
        acts: [],
        isDismissable: true,
      };
    case 'late':
      return lateMessage(stage.late, around);
    case 'answered':
      return answeredMessage(attempt, stage.outcome, stage.since, around);
  }
}

/** That the person has another plan now, and by whose doing. */
export function overtakenText({ by, license }: Extract<Stage, { is: 'overtaken' }>): string {
  const planName = words.plan(license);
  return by?.isSelf ? texts.row.byYourself(planName) : texts.row.overtaken(by && unmarked(by.name), planName);
}

const plainName = ({ name }: Around) => unmarked(name);

function lateMessage({ by, from, to }: LateArrival, around: Around): Message {
  const facts = { who: unmarked(by), name: plainName(around), to: words.plan(to), from: words.plan(from) };
  const canSetBack = around.supported.some((license) => license === from);
  return {
    tone: 'wait',
    icon: 'warning',
    text: texts.row.late(facts),
    acts: [canSetBack ? 'set-back' : 'choose', 'leave'],
  };
}

function saving(attempt: Attempt, elapsed: number): Message | null {
  const choice = choiceOf(attempt);
  const quiet = { tone: 'quiet', icon: null, acts: [] } as const;
  if (attempt.next && choice)
    return { ...quiet, text: texts.row.savingThen(words.plan(choice.to), words.plan(attempt.next)), acts: [] };
  if (elapsed < second) return null;
  return { ...quiet, text: elapsed < slowAfter ? texts.row.saving : texts.row.slow, acts: [] };
}

const checking = (around: Around): Message => ({
  tone: 'wait',
  icon: 'question',
  text: texts.row.checking(plainName(around)),
  acts: [],
});

const andThen = ({ next }: Attempt) => (next ? ` ${texts.row.afterThat(words.plan(next))}` : '');

const cannotTell = (attempt: Attempt, acts: Act[]): Message => ({
  tone: 'wait',
  icon: 'question',
  text: texts.row.cannotTell + andThen(attempt),
  acts,
});

function answeredMessage(attempt: Attempt, outcome: Outcome, since: number, around: Around): Message | null {
  switch (outcome.state) {
    case 'pending':
      return pendingMessage(attempt, outcome, since, around);
    case 'unknown':
      return cannotTell(attempt, ['check', 'details']);
    case 'applied':
      return appliedMessage(attempt, outcome, around);
    case 'failed':
      return failureMessage(attempt, outcome.failure, around);
  }
}

function pendingMessage(
  attempt: Attempt,
  outcome: Extract<Outcome, { state: 'pending' }>,
  since: number,
  around: Around,
): Message | null {
  if (outcome.checking) return checking(around);
  if (!outcome.waitingFor) return saving(attempt, around.now - since);
  const { waiting, nextTry } = texts.row;
  const because = waiting[outcome.waitingFor] ?? waiting.other;
  const seconds = outcome.nextTryAt ? Math.ceil((Date.parse(outcome.nextTryAt) - around.now) / second) : 0;
  return {
    tone: 'wait',
    icon: 'clock',
    text: `${because} ${nextTry(seconds, outcome.tries + 1, outcome.maxTries)}${andThen(attempt)}`,
    acts: ['cancel'],
  };
}

/** What was saved, with what can still be done about it: it stays until the operator has done something else about the person. */
function appliedMessage(attempt: Attempt, outcome: Extract<Outcome, { state: 'applied' }>, around: Around): Message {
  if (outcome.confirmation === 'not-visible') {
    const shown = words.plan(outcome.shown ?? outcome.from);
    return { tone: 'wait', icon: 'clock', text: texts.row.notVisible(shown), acts: ['check'] };
  }
  const ends = endsOf(outcome);
  const saved = { tone: 'good', icon: 'tick' } as const;
  if (outcome.undoes) {
    return { ...saved, text: sentences(texts.row.backOn(words.plan(outcome.to)), ends), acts: [] };
  }
  const isOneWay = isLicense(outcome.from) && !around.supported.includes(outcome.from);
  const acts: Act[] = [
    ...(undoOf(attempt, around.supported) ? (['undo'] as const) : []),
    'note',
    ...(isOneWay || around.hasEnd ? [] : (['until'] as const)),
  ];
  if (outcome.despite) {
    const text = texts.row.despite(plainName(around), words.plan(outcome.to));
    return { ...saved, text: ends ? `${text} ${ends}` : text, acts: [...acts, 'details'] };
  }
  const confirmed = outcome.confirmation === 'confirmed';
  const text = confirmed ? texts.row.savedAt(when.clock(outcome.appliedAt)) : texts.row.saved;
  const noUndo = isOneWay ? texts.row.noUndo(words.plan(outcome.from)) : '';
  return { ...saved, text: sentences(text, ends, noUndo), acts };
}

/** The first words have no full stop as long as nothing follows them. */
function sentences(first: string, ...more: string[]): string {
  const rest = more.filter(Boolean).join(' ');
  return rest ? texts.row.savedAnd(first, rest) : first;
}

/** What a change did to end dates, as sentences; empty where it did nothing. */
export function endsOf({ removedEnd, earlierEnd }: Extract<Outcome, { state: 'applied' }>): string {
  return [
    removedEnd ? texts.row.endRemoved(when.soon(removedEnd)) : '',
    earlierEnd ? texts.row.earlierEnd[earlierEnd.is](when.soon(earlierEnd.at)) : '',
  ]
    .filter(Boolean)
    .join(' ');
}
