import type { Failure, FailureCode } from '@/lib/failures.ts';
import { row } from '@/lib/texts/changes.ts';
import * as texts from '@/lib/texts/failures.ts';
import { unmarked } from '@/lib/texts/marks.ts';
import * as words from '@/lib/texts/words.ts';
import type { Attempt, Held } from '../change/attempt.ts';
import { choiceOf } from '../change/attempt-facts.ts';
import type { Act, Around, Message } from './message-parts.ts';

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
  'too-busy': ['again'],
  'change-limit': ['again'],
  'request-limit': ['again'],
  cancelled: ['again'],
  interrupted: ['again', 'details'],
  'unsupported-license': ['choose'],
  'directory-managed': [],
  'unknown-account': ['copy'],
  'unknown-user': ['look', 'hide'],
  invalid: ['choose', 'copy'],
  'signed-out': ['sign-in'],
  outdated: ['reload'],
  'not-allowed': ['copy'],
  'wrong-origin': ['copy'],
  offline: ['forget'],
  'no-database': ['again', 'copy'],
  restored: ['again'],
  unexpected: ['again', 'copy'],
};

/** Amber where someone else or the way here stands against it; red where Chime or Carillon said no. */
const amber = new Set<FailureCode>([
  'conflict',
  'busy',
  'change-limit',
  'request-limit',
  'offline',
  'signed-out',
  'outdated',
  'not-allowed',
  'cancelled',
  'interrupted',
]);

/** Buttons that put the message away by themselves. */
const endings = new Set<Act>(['keep', 'forget', 'hide', 'sign-in', 'reload']);

/** What a row says about a change that was certainly not made. */
export function failureMessage(attempt: Attempt, failure: Failure, around: Around): Message {
  const acts = actsFor(attempt, failure, around);
  return {
    tone: amber.has(failure.code) ? 'wait' : 'bad',
    icon: 'warning',
    text: failureText(attempt, failure, around),
    acts,
    isDismissable: !acts.some((act) => endings.has(act)),
  };
}

/** What a row says about a change that was not sent, and whether it still shall be. */
export function heldMessage(attempt: Attempt, why: Held, around: Around): Message {
  const choice = choiceOf(attempt);
  const planName = words.plan(choice?.to ?? null);
  const base = { tone: 'wait', icon: 'warning' } as const;
  if (why === 'asked' || why === 'updated')
    return {
      ...base,
      icon: 'question',
      text: row[why === 'asked' ? 'signedInAgain' : 'updated'](planName, unmarked(around.name)),
      acts: ['save', 'forget'],
    };
  if (why === 'offline' && around.online)
    return {
      ...base,
      icon: 'question',
      text: row.onlineAgain(planName, unmarked(around.name)),
      acts: ['save', 'forget'],
    };
  return { ...base, text: failureText(attempt, { code: why, at: '' }, around), acts: actsByCode[why] };
}

/** Where somebody else has set the very plan that was chosen, there is nothing left to change. */
function actsFor(attempt: Attempt, { code }: Failure, { known }: Around): Act[] {
  return code === 'conflict' && known === choiceOf(attempt)?.to ? ['keep'] : actsByCode[code];
}

/** The four parts of a failure: not saved, what happened, what is true now, what to do. */
function failureText(attempt: Attempt, failure: Failure, around: Around): string {
  const choice = choiceOf(attempt);
  const current = failure.current === undefined ? around.known : failure.current;
  const undo = choice?.undoes !== undefined;
  return texts.failures[failure.code]({
    not: undo ? texts.failureStart.notUndone : texts.failureStart.notSaved,
    still: current === null ? '' : texts.still(words.plan(current)),
    name: unmarked(around.name),
    to: words.plan(choice?.to ?? null),
    from: words.plan(choice?.from ?? null),
    tries: failure.tries,
    undo,
    other:
      failure.other &&
      texts.otherChange({ ...failure.other, name: failure.other.name && unmarked(failure.other.name) }),
    reference: failure.requestId,
    limit: failure.limit,
    requests: failure.requests,
  })
    .replace(/ {2,}/g, ' ')
    .trimEnd();
}
