import type { Outcome } from '@/lib/changes/change.ts';
import type { Failure, FailureCode } from '@/lib/failures.ts';
import * as texts from '@/lib/texts/changes.ts';
import { unmarked } from '@/lib/texts/marks.ts';
import * as words from '@/lib/texts/words.ts';
import { type Attempt, choiceOf, isInFlight, undoOf } from './attempt.ts';

export type Tone = 'quiet' | 'good' | 'wait' | 'bad';

export type Act =
  | 'undo'
  | 'note'
  | 'check'
  | 'cancel'
  | 'choose'
  | 'again'
  | 'details'
  | 'copy'
  | 'keep'
  | 'change'
  | 'save'
  | 'forget'
  | 'sign-in'
  | 'look'
  | 'hide';

/** What a row says about its person's change. In `text`, `**` marks what is bold. */
export type Message = {
  tone: Tone;
  icon: 'tick' | 'clock' | 'question' | 'warning' | null;
  text: string;
  acts: Act[];
  /** A failure stays until someone acts; where no button does that, it can be put away. */
  isDismissable?: boolean;
};

export type Around = { name: string; known: string | null; now: number; online: boolean; locked: boolean };

const second = 1000;
const tickFor = 10 * second;
const undoFor = 30 * second;
const slowAfter = 4 * second;

const actsByCode: Record<FailureCode, Act[]> = {
  'bad-request': ['choose', 'details'],
  unauthorized: ['again', 'details'],
  forbidden: ['copy'],
  'access-denied': ['copy'],
  'not-found': ['look', 'hide'],
  'conflict-in-chime': ['again', 'details'],
  unprocessable: ['choose', 'details'],
  'resource-limit': ['copy'],
  throttled: ['again', 'details'],
  'service-failure': ['again', 'details'],
  unavailable: ['again', 'details'],
  'unknown-answer': ['again', 'copy'],
  'no-answer': ['again', 'details'],
  unreadable: ['again', 'details'],
  retired: ['details'],
  conflict: ['keep', 'change'],
  busy: ['again'],
  cancelled: ['again'],
  interrupted: ['again', 'details'],
  'unsupported-license': ['choose'],
  'directory-managed': [],
  'unknown-account': ['copy'],
  'unknown-user': ['look', 'hide'],
  invalid: ['choose', 'copy'],
  'signed-out': ['sign-in'],
  'not-allowed': ['copy'],
  'wrong-origin': ['copy'],
  offline: ['forget'],
  unexpected: ['again', 'copy'],
};

/** Amber where someone else or the way here stands against it; red where Chime or Carillon said no. */
const amber = new Set<FailureCode>([
  'conflict',
  'busy',
  'offline',
  'signed-out',
  'not-allowed',
  'cancelled',
  'interrupted',
]);

/** Of no use while nothing can be saved at all. */
const savingActs = new Set<Act>(['again', 'change', 'choose', 'save', 'undo', 'note']);
const endings = new Set<Act>(['keep', 'forget', 'hide', 'sign-in']);

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
    case 'answered':
      return answeredMessage(attempt, stage.outcome, { since: stage.since, arrived: stage.arrived }, around);
  }
}

const plainName = ({ name }: Around) => unmarked(name);

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

function heldMessage(attempt: Attempt, why: 'offline' | 'signed-out' | 'asked', around: Around): Message {
  const choice = choiceOf(attempt);
  const planName = words.plan(choice?.to ?? null);
  const base = { tone: 'wait', icon: 'warning' } as const;
  if (why === 'asked')
    return {
      ...base,
      icon: 'question',
      text: texts.row.signedInAgain(planName, plainName(around)),
      acts: ['save', 'forget'],
    };
  if (why === 'offline' && around.online)
    return {
      ...base,
      icon: 'question',
      text: texts.row.onlineAgain(planName, plainName(around)),
      acts: ['save', 'forget'],
    };
  return { ...base, text: failureText(attempt, { code: why, at: '' }, around), acts: actsByCode[why] };
}

type Times = { since: number; arrived: number };

function answeredMessage(attempt: Attempt, outcome: Outcome, times: Times, around: Around): Message | null {
  switch (outcome.state) {
    case 'pending':
      return pendingMessage(attempt, outcome, times, around);
    case 'unknown':
      return cannotTell(attempt, ['check', 'details']);
    case 'applied':
      return appliedMessage(attempt, outcome, around.now - times.arrived, around);
    case 'failed': {
      const { failure } = outcome;
      const acts = actsByCode[failure.code];
      return {
        tone: amber.has(failure.code) ? 'wait' : 'bad',
        icon: 'warning',
        text: failureText(attempt, failure, around),
        acts,
        isDismissable: !acts.some((act) => endings.has(act)),
      };
    }
  }
}

function pendingMessage(
  attempt: Attempt,
  outcome: Extract<Outcome, { state: 'pending' }>,
  times: Times,
  around: Around,
): Message | null {
  if (outcome.checking) return checking(around);
  if (!outcome.waitingFor) return saving(attempt, around.now - times.since);
  const { waiting, nextTry } = texts.row;
  const because = waiting[outcome.waitingFor] ?? waiting.other;
  const seconds = outcome.nextTryAt ? Math.ceil((Date.parse(outcome.nextTryAt) - around.now) / second) : 0;
  return {
    tone: 'wait',
    icon: 'clock',
    text: `${because} ${nextTry(seconds, outcome.tries + 1, outcome.mostTries)}${andThen(attempt)}`,
    acts: ['cancel'],
  };
}

function appliedMessage(
  attempt: Attempt,
  outcome: Extract<Outcome, { state: 'applied' }>,
  age: number,
  around: Around,
): Message | null {
  if (outcome.confirmation === 'not-visible') {
    const shown = words.plan(outcome.shown ?? outcome.from);
    return { tone: 'wait', icon: 'clock', text: texts.row.notVisible(shown), acts: ['check'] };
  }
  if (age >= (outcome.undoes ? tickFor : undoFor)) return null;
  const icon = age < tickFor ? 'tick' : null;
  if (outcome.undoes) return { tone: 'good', icon, text: texts.row.backOn(words.plan(outcome.to)), acts: [] };
  const acts: Act[] = [
    ...(undoOf(attempt) ? (['undo'] as const) : []),
    ...(outcome.changeId ? (['note'] as const) : []),
  ];
  if (outcome.despite) {
    const text = texts.row.despite(plainName(around), words.plan(outcome.to));
    return { tone: 'good', icon: 'tick', text, acts: [...acts.filter((act) => act === 'undo'), 'details'] };
  }
  const confirmed = outcome.confirmation === 'confirmed';
  const text = confirmed ? texts.row.savedAt(words.when.clock(outcome.appliedAt)) : texts.row.saved;
  return { tone: 'good', icon, text, acts };
}

/** The four parts of a failure: not saved, what happened, what is true now, what to do. */
function failureText(attempt: Attempt, failure: Failure, around: Around): string {
  const choice = choiceOf(attempt);
  const current = failure.current === undefined ? around.known : failure.current;
  const undo = choice?.undoes !== undefined;
  return texts.failures[failure.code]({
    not: undo ? texts.notUndone : texts.notSaved,
    still: current === null ? '' : texts.still(words.plan(current)),
    name: plainName(around),
    to: words.plan(choice?.to ?? null),
    from: words.plan(choice?.from ?? null),
    tries: failure.tries,
    undo,
    other:
      failure.other &&
      texts.otherChange({ ...failure.other, name: failure.other.name && unmarked(failure.other.name) }),
    reference: failure.requestId,
  })
    .replace(/ {2,}/g, ' ')
    .trimEnd();
}

/** Until when a message may change by itself; null where only an event changes it. */
export function ticksUntil({ stage }: Attempt): number | null {
  if (stage.is === 'queued' || stage.is === 'sent' || stage.is === 'lost') return Number.POSITIVE_INFINITY;
  if (stage.is !== 'answered') return null;
  if (stage.outcome.state === 'pending') return Number.POSITIVE_INFINITY;
  return stage.outcome.state === 'applied' ? stage.arrived + undoFor + second : null;
}

/** The failure whose details can be shown, also where the change took in spite of it. */
export function detailsOf({ stage }: Attempt): Failure | null {
  if (stage.is !== 'answered') return null;
  const { outcome } = stage;
  if (outcome.state === 'failed' || outcome.state === 'unknown') return outcome.failure;
  return outcome.state === 'applied' ? (outcome.despite ?? null) : null;
}

/** Whether a row keeps its place: as long as there is something to say about it. */
export const isWorkedOn = (attempt: Attempt, now: number) =>
  messageOf(attempt, { name: '', known: null, now, online: true, locked: false }) !== null || isInFlight(attempt);
