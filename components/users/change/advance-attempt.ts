import type { Choice, Outcome } from '@/lib/changes/change.ts';
import type { Failure, FailureCode } from '@/lib/failures.ts';
import type { Attempt, AttemptEvent, Found, Held, Known, Seen, Stage } from './attempt.ts';
import { choiceOf, isInFlight, isNotSaved } from './attempt-facts.ts';

const resting: Stage = { is: 'resting' };

/** Failures that a different plan for the same person would meet as well. */
const meetsAll = new Set<FailureCode>([
  'unauthorized',
  'not-found',
  'unavailable',
  'retired',
  'unknown-account',
  'unknown-user',
  'directory-managed',
  'signed-out',
  'outdated',
  'not-allowed',
  'wrong-origin',
  'offline',
  'conflict',
  'busy',
  'change-limit',
  'request-limit',
]);

/** Nothing was sent, and what stood in the way passes when the operator does something. */
const isHeld = (code: FailureCode): code is Extract<Held, FailureCode> =>
  code === 'signed-out' || code === 'offline' || code === 'outdated';

export function advance(attempt: Attempt, event: AttemptEvent): Attempt {
  const { stage } = attempt;
  switch (event.type) {
    case 'chosen':
      return choose(attempt, event);
    case 'sent':
      if (stage.is !== 'queued') return attempt;
      return { ...attempt, stage: { ...stage, is: 'sent', choice: { ...stage.choice, changeId: event.changeId } } };
    case 'answered':
      return stage.is === 'sent' ? hear(attempt, stage.choice, event.outcome, event.now) : attempt;
    case 'followed':
      return followUp(attempt, event.outcome, event.now);
    case 'refused':
      if (stage.is !== 'sent') return attempt;
      if (isHeld(event.failure.code)) return hold(attempt, stage.choice, event.failure.code);
      return settle(attempt, { ...withoutId(stage.choice), state: 'failed', failure: event.failure }, event.now);
    case 'silence':
      if (stage.is !== 'sent') return attempt;
      return { ...attempt, stage: { ...stage, is: 'lost', code: event.offline ? 'offline' : 'no-answer' } };
    case 'found':
      return stage.is === 'lost' ? find(attempt, stage.choice, event.found, event.now) : attempt;
    case 'offline':
      return stage.is === 'queued' ? hold(attempt, stage.choice, 'offline') : attempt;
    case 'signed-out':
      return stage.is === 'queued' || (stage.is === 'held' && stage.why === 'offline')
        ? hold(attempt, stage.choice, 'signed-out')
        : attempt;
    case 'signed-in':
      return stage.is === 'held' && stage.why === 'signed-out' ? hold(attempt, stage.choice, 'asked') : attempt;
    case 'restored':
      return stage.is === 'resting'
        ? { ...attempt, stage: { is: 'held', choice: event.choice, why: event.why } }
        : attempt;
    case 'seen':
      return see(attempt, { license: event.license, at: event.at }, event);
    case 'gone':
      return isInFlight(attempt) || isNotSaved(attempt) ? attempt : { ...attempt, stage: { is: 'gone' } };
    case 'back':
      return isInFlight(attempt)
        ? attempt
        : { ...attempt, next: null, stage: { is: 'back', choice: choiceOf(attempt), license: event.license } };
    case 'dismissed':
      return isInFlight(attempt) ? attempt : { ...attempt, next: null, stage: resting };
  }
}

type Chosen = Extract<AttemptEvent, { type: 'chosen' }>;

function choose(attempt: Attempt, event: Chosen): Attempt {
  const { stage } = attempt;
  const { userId, from, to, undoes, now } = event;
  if (stage.is === 'queued') {
    if (to === stage.choice.from) return { ...attempt, stage: resting };
    return { ...attempt, stage: { ...stage, choice: { ...stage.choice, to } } };
  }
  if (isInFlight(attempt)) return { ...attempt, next: choiceOf(attempt)?.to === to ? null : to };
  if (to === from) return { ...attempt, next: null, stage: resting };
  const choice: Choice = undoes ? { userId, from, to, undoes } : { userId, from, to };
  if (event.blocked) return hold(attempt, choice, event.blocked);
  return { ...attempt, next: null, stage: { is: 'queued', choice, since: now } };
}

/** A choice of which our server has no change. */
const withoutId = ({ changeId: _, ...choice }: Choice): Choice => choice;

function hold(attempt: Attempt, choice: Choice, why: Held): Attempt {
  const held = attempt.next ? { userId: choice.userId, from: choice.from, to: attempt.next } : withoutId(choice);
  return { ...attempt, next: null, stage: { is: 'held', choice: held, why } };
}

function hear(attempt: Attempt, choice: Choice, outcome: Outcome, now: number): Attempt {
  const code = outcome.state === 'failed' ? outcome.failure.code : null;
  if (code !== null && isHeld(code)) return hold(attempt, choice, code);
  return settle(attempt, outcome, now);
}

/** News counts only for the change it belongs to, and a settled change never becomes open again. */
function followUp(attempt: Attempt, outcome: Outcome, now: number): Attempt {
  const { stage } = attempt;
  if (stage.is !== 'answered' || stage.outcome.changeId !== outcome.changeId) return attempt;
  if (rank(outcome) < rank(stage.outcome)) return attempt;
  return settle(attempt, outcome, now);
}

function rank(outcome: Outcome): number {
  if (outcome.state === 'pending' || outcome.state === 'unknown') return 0;
  if (outcome.state === 'failed') return 2;
  return outcome.confirmation === 'confirmed' ? 2 : 1;
}

/** Takes in what our server said, and starts the choice that was waiting for it. */
function settle(attempt: Attempt, outcome: Outcome, now: number): Attempt {
  const before = attempt.stage;
  const since = 'since' in before ? before.since : now;
  const same =
    before.is === 'answered' &&
    before.outcome.state === outcome.state &&
    !(outcome.state === 'applied' && rank(outcome) !== rank(before.outcome));
  const arrived = same ? before.arrived : now;
  const answered: Attempt = { ...attempt, stage: { is: 'answered', outcome, since, arrived } };
  if (isInFlight(answered)) return answered;

  if (outcome.state === 'applied') {
    const first = before.is !== 'answered' || before.outcome.state !== 'applied';
    const known = first ? { license: outcome.to, at: now } : attempt.known;
    return goOn({ ...answered, known, savedAt: outcome.appliedAt }, outcome.to, now);
  }
  if (outcome.state !== 'failed') return answered;
  const told = toldBy(outcome.failure);
  const known = told === undefined ? attempt.known : { license: told, at: now };
  const { next } = attempt;
  if (next === null) return { ...answered, known };
  const truth = known ? known.license : outcome.from;
  if (truth === next) return { ...attempt, known, next: null, stage: resting };
  if (meetsAll.has(outcome.failure.code)) {
    const { undoes: _, ...plain } = outcome;
    return {
      ...attempt,
      known,
      next: null,
      stage: { is: 'answered', outcome: { ...plain, to: next }, since, arrived },
    };
  }
  return goOn({ ...answered, known }, truth, now);
}

function goOn(attempt: Attempt, from: string | null, now: number): Attempt {
  const { next } = attempt;
  const choice = choiceOf(attempt);
  if (next === null || choice === null || next === from) return { ...attempt, next: null };
  return {
    ...attempt,
    next: null,
    stage: { is: 'queued', choice: { userId: choice.userId, from, to: next }, since: now },
  };
}

/** What a refusal tells us about the plan the person has; undefined where it does not say. */
function toldBy(failure: Failure): string | null | undefined {
  return failure.code === 'conflict' && failure.other ? failure.other.license : failure.current;
}

function find(attempt: Attempt, choice: Choice, found: Found, now: number): Attempt {
  const known = found.license ?? attempt.known;
  if ('outcome' in found) {
    const settled = settle({ ...attempt, known }, found.outcome, now);
    return found.license && settled.stage.is === 'answered' ? { ...settled, known: found.license } : settled;
  }
  const failure: Failure = { code: 'interrupted', at: new Date(now).toISOString(), current: found.license.license };
  return settle({ ...attempt, known }, { ...withoutId(choice), state: 'failed', failure }, now);
}

function see(attempt: Attempt, seen: Known, { by = null, late = null, expected }: Seen): Attempt {
  if (attempt.known && seen.at < attempt.known.at) return attempt;
  if (isInFlight(attempt)) return { ...attempt, known: seen };
  return { ...attempt, known: seen, stage: stageAfter(attempt.stage, seen, { by, late, expected }) };
}

function stageAfter(stage: Stage, { license }: Known, { by = null, late = null, expected }: Seen): Stage {
  const wasSaved = stage.is === 'answered' && stage.outcome.state === 'applied';
  const isUnsaved = stage.is === 'held' || (stage.is === 'answered' && !wasSaved);
  if (late && !isUnsaved) return stage.is === 'late' ? stage : { is: 'late', late };
  if (expected && expected.license !== license && !isUnsaved) return { is: 'overtaken', license, by };
  switch (stage.is) {
    case 'gone':
    case 'late':
      return resting;
    case 'back':
    case 'overtaken':
      return stage.license === license ? stage : resting;
    case 'answered': {
      const { outcome } = stage;
      if (outcome.state !== 'applied' || outcome.confirmation !== 'confirmed' || outcome.to === license) return stage;
      return { is: 'overtaken', license, by };
    }
    default:
      return stage;
  }
}
