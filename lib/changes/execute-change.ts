import { setTimeout as sleep } from 'node:timers/promises';
import { deadlineMs, lateMs, maxTries, nextLookMs, waitBefore } from '../chime/call-policy.ts';
import type { Deps } from '../chime/deps.ts';
import { ChimeRefusal, caughtRefusal } from '../chime/refusals.ts';
import { takeTurn } from '../chime/turn.ts';
import { type Failure, type FailureCode, Refusal } from '../failures.ts';
import { readUser } from '../mirror/read-user.ts';
import { inSpan } from '../traces/spans.ts';
import type { User } from '../users/user.ts';
import { conflictOf } from './conflict-refusal-store.ts';
import type { OpenChange } from './intent-store.ts';
import { recordLateCalls } from './late/store.ts';
import { leaveUnknown, settleApplied, settleFailed } from './settle-change-store.ts';
import { isCancelled, recordChecking, recordTry, recordWait } from './store.ts';

/** What a change has been through so far, in this process. */
type Execution = {
  change: OpenChange;
  requestId: string;
  until: number;
  tries: number;
  /** Until when a request of ours that nobody waited for may still be applied; 0 when there is none. */
  lateUntil: number;
  /** The last answer that did not say whether the change took. */
  unclear: Failure | undefined;
  /** Whether a request has left that Chime may have applied, whatever became of its answer. */
  maySucceed: boolean;
};

/**
 * Executes a recorded change to its end: compare, call, try again where that helps, settle. Never throws for what Chime
 * does or fails to do: when it returns, the change is settled, or unknown and in the hands of the workers. A fault of
 * Carillon's own is settled as such where nothing can have reached Chime, left unknown otherwise, and thrown.
 */
export function executeChange(deps: Deps, change: OpenChange, requestId: string): Promise<void> {
  const facts = {
    'carillon.request_id': requestId,
    'carillon.account_id': change.accountId,
    'carillon.change_id': change.id,
  };
  return inSpan({ name: 'change a license', facts }, () => carryOut(deps, change, requestId));
}

async function carryOut(deps: Deps, change: OpenChange, requestId: string): Promise<void> {
  const until = Date.now() + deadlineMs;
  const execution: Execution = {
    change,
    requestId,
    until,
    tries: 1,
    lateUntil: 0,
    unclear: undefined,
    maySucceed: false,
  };
  try {
    if (!change.readRecently) await persist(deps, execution, () => compare(deps, execution));
    const awsRequestId = await persist(deps, execution, () => send(deps, execution));
    await settleApplied(deps.db, change, { awsRequestId, seen: false });
  } catch (error) {
    await settleOtherwise(deps, execution, error);
  }
}

/** Reading back showed that the change took, whatever Chime had answered. */
class FoundApplied extends Error {}

/** The call may have worked, and nobody could read the person back in time. */
class CannotTell extends Error {}

/** The next try would come too late. */
class OutOfTime extends Refusal {}

/** Reads the person in Chime; refuses when they no longer have the license the operator saw. Nothing has been sent yet. */
async function compare(deps: Deps, execution: Execution): Promise<void> {
  const { change, until } = execution;
  const { accountId, userId } = change;
  const turn = await takeTurn(deps, 'change', { waiting: waitingInSight(deps, execution) });
  const user = await readUser(deps, accountId, userId, turn, timeLeft(until), 'comparison').catch(unreachable);
  if (user.license !== change.from) throw await conflictOf(deps.db, change, user.license);
}

/** No answer to a mere read leaves no doubt about the change: Chime is not available, and the change was not made. */
function unreachable(error: unknown): never {
  const refusal = caughtRefusal(error);
  throw refusal.code === 'no-answer' || refusal.code === 'unreadable'
    ? new Refusal('unavailable', refusal.message, refusal.facts, { cause: refusal })
    : refusal;
}

async function send(deps: Deps, execution: Execution): Promise<string | undefined> {
  const { change, until } = execution;
  const turn = await takeTurn(deps, 'change', { waiting: waitingInSight(deps, execution) });
  execution.maySucceed = true;
  try {
    return await turn.call(() => deps.chime.updateLicense(change.accountId, change.userId, change.to, timeLeft(until)));
  } catch (error) {
    const refusal = caughtRefusal(error);
    if (refusal.effect === 'none') {
      execution.maySucceed = execution.unclear !== undefined;
      throw refusal;
    }
    if (refusal.effect === 'late') {
      execution.lateUntil = Date.now() + lateMs;
      await recordLateCalls(deps.db, [change.id]);
    }
    execution.unclear = failureOf(execution, refusal);
    await recordChecking(deps.db, change.id);
    const user = await readBack(deps, execution);
    if (user.license === change.to) throw new FoundApplied();
    if (user.license !== change.from) throw await conflictOf(deps.db, change, user.license);
    throw refusal;
  }
}

/** Reading back is not a try of the change: it goes on until it works or the time is over. */
async function readBack(deps: Deps, { change, until }: Execution): Promise<User> {
  for (let reads = 1; ; reads += 1) {
    const turn = await takeTurn(deps, 'change', { waiting: async (ms) => expectTime(ms, until) });
    try {
      return await readUser(deps, change.accountId, change.userId, turn, timeLeft(until));
    } catch (error) {
      const refusal = caughtRefusal(error);
      if (refusal.code === 'not-found') throw refusal;
      const ms = waitBefore(reads, refusal.retryAfterMs);
      if (maxTries(refusal.code) === 1 || Date.now() + ms > until) throw new CannotTell('', { cause: refusal });
      await sleep(ms);
    }
  }
}

function expectTime(ms: number, until: number): void {
  if (Date.now() + ms > until) throw new CannotTell('');
}

/** Runs a step again after what may pass, until it works, too many tries were made, or the time is over. */
async function persist<T>(deps: Deps, execution: Execution, step: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await step();
    } catch (error) {
      if (!(error instanceof Refusal) || error instanceof OutOfTime) throw error;
      if (execution.tries >= maxTries(error.code)) throw error;
      await waitForNextTry(deps, execution, error);
      execution.tries += 1;
      await recordTry(deps.db, execution.change.id, execution.tries);
    }
  }
}

async function waitForNextTry(deps: Deps, execution: Execution, refusal: Refusal): Promise<void> {
  const ms = waitBefore(execution.tries, refusal instanceof ChimeRefusal ? refusal.retryAfterMs : undefined);
  if (Date.now() + ms > execution.until) throw refusal;
  await pause(deps, execution, refusal.code, ms);
}

/** Waits where the operator can see it, and can call it off. */
async function pause({ db }: Deps, execution: Execution, code: FailureCode, ms: number): Promise<void> {
  const { change, tries, until } = execution;
  if (Date.now() + ms > until) throw new OutOfTime(code, 'The wait is longer than the time left.');
  await recordWait(db, change.id, code, tries, ms);
  const end = Date.now() + ms;
  while (Date.now() < end) {
    await sleep(Math.min(250, end - Date.now()));
    if (await isCancelled(db, change.id)) throw new OutOfTime('cancelled', 'The operator called it off.');
  }
}

/** A wait this short is not worth telling. */
const shortWaitMs = 250;

/** While a change waits for its turn the operator can see it, and can call it off. */
function waitingInSight({ db }: Deps, execution: Execution): (ms: number) => Promise<void> {
  const { change, tries, until } = execution;
  let toldAt = 0;
  return async (ms) => {
    const at = Date.now() + ms;
    if (at > until) throw new OutOfTime('throttled', 'The wait is longer than the time left.');
    if (toldAt === 0 && ms < shortWaitMs) return;
    if (Math.abs(at - toldAt) > shortWaitMs) await recordWait(db, change.id, 'throttled', tries, ms);
    toldAt = at;
    if (await isCancelled(db, change.id)) throw new OutOfTime('cancelled', 'The operator called it off.');
  };
}

async function settleOtherwise({ db }: Deps, execution: Execution, error: unknown): Promise<void> {
  const { change, unclear } = execution;
  const late = execution.lateUntil - Date.now();
  if (error instanceof FoundApplied) {
    await settleApplied(db, change, { awsRequestId: unclear?.chime?.requestId, seen: true, despite: unclear });
  } else if (error instanceof CannotTell && unclear) {
    await leaveUnknown(db, change.id, unclear, Math.max(late, 1_000));
  } else if (!(error instanceof Refusal)) {
    await settleFault(db, execution, Math.max(late, nextLookMs));
    throw error;
  } else if (late > 0) {
    await leaveUnknown(db, change.id, failureOf(execution, error), late);
  } else {
    await settleFailed(db, change.id, failureOf(execution, error));
  }
}

/** Ends, or hands to the workers, a change that a fault of Carillon's own has stopped. */
async function settleFault(db: Deps['db'], execution: Execution, ms: number): Promise<void> {
  const { change, requestId, tries, maySucceed } = execution;
  const failure: Failure = { code: 'unexpected', at: new Date().toISOString(), current: change.from, requestId, tries };
  if (maySucceed) await leaveUnknown(db, change.id, failure, ms);
  else await settleFailed(db, change.id, failure);
}

function failureOf(execution: Execution, refusal: Refusal): Failure {
  return {
    current: execution.change.from,
    ...refusal.facts,
    code: refusal.code,
    at: new Date().toISOString(),
    requestId: execution.requestId,
    tries: execution.tries,
  };
}

function timeLeft(until: number): AbortSignal {
  return AbortSignal.timeout(Math.max(1, until - Date.now()));
}
