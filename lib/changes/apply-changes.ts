import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Account, isDirectoryManaged } from '../accounts/account.ts';
import { findAccount } from '../accounts/store.ts';
import { recordEntry } from '../audit/store.ts';
import { maxTries } from '../chime/call-policy.ts';
import type { Deps } from '../chime/deps.ts';
import { asAway, isUniqueViolation } from '../db/database.ts';
import { goesOn } from '../draining.ts';
import { tell } from '../events/tell.ts';
import { Refusal } from '../failures.ts';
import { log } from '../log/log.ts';
import { failureFrom } from '../result.ts';
import { findUser } from '../users/store.ts';
import { nameOf } from '../users/user.ts';
import type { Choice, Outcome } from './change.ts';
import { confirmChange } from './confirm-change.ts';
import { conflictOf } from './conflict-refusal-store.ts';
import { executeChange } from './execute-change.ts';
import { type OpenChange, type Requester, recordIntent } from './intent-store.ts';
import { findUnconfirmed } from './leases-store.ts';
import { outcomesOf } from './outcomes-store.ts';
import { sentEarlier } from './sent-earlier-store.ts';
import { findApplied, findOpen } from './store.ts';

/** How long a caller waits for outcomes; what takes longer is answered `pending` and goes on here. */
const answerWithinMs = 1_500;

/** The answer goes out before the confirmation is looked for: both would share one event loop. */
const confirmAfterMs = 50;

/**
 * The one way to change licenses. Each choice gets its own outcome, in the order given: refused before anything was sent,
 * or recorded, executed and settled. Answers within about 1.5 s; changes still under way then go on by themselves. A choice
 * that was sent before under the same ID is answered with where its change stands, and nothing is done.
 * A fault of Carillon's own with one choice fails that one alone; thrown only what concerns all of them.
 */
export async function applyChanges(
  deps: Deps,
  accountId: string,
  choices: Choice[],
  by: Requester,
): Promise<Outcome[]> {
  const timeout = sleep(answerWithinMs, 'pending' as const);
  const account = await findAccount(deps, accountId);
  const started = await Promise.all(
    choices.map((choice) =>
      startChange(deps, accountId, account, choice, by).catch((error: unknown) => failedByFault(error, choice, by)),
    ),
  );
  const executions = started.map((start) =>
    'change' in start ? goesOn(executeToEnd(deps, start.change, by.requestId)) : undefined,
  );
  const end = await Promise.race([Promise.all(executions), timeout]);
  if (end === 'pending') await tellSlow(deps, accountId, started);
  return answersFor(deps, accountId, choices, started);
}

type StartedChange = { change: OpenChange } | { outcome: Outcome };

/** What takes long is shown to everybody who has the person on their screen. */
async function tellSlow({ db }: Deps, accountId: string, started: StartedChange[]): Promise<void> {
  const userIds = started.flatMap((start) => ('change' in start ? [start.change.userId] : []));
  await tell(db, { kind: 'changed', accountId, userIds }).catch((error: unknown) =>
    log.warn({ err: error }, 'Nobody could be told that changes take long'),
  );
}

/** Refuses what is not to be sent, and writes the intent of the rest down. */
async function startChange(
  { db }: Deps,
  accountId: string,
  account: Account | undefined,
  choice: Choice,
  by: Requester,
): Promise<StartedChange> {
  try {
    refuseBadChoice(account, choice);
    if (choice.undoes) await refuseBadUndo(db, accountId, choice, choice.undoes);
    return await recordOrRefuse(db, accountId, choice, by);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const earlier = await sentEarlier(db, accountId, choice, by.operatorId);
    if (earlier) return { outcome: earlier };
    await recordRefused(db, accountId, choice, by, error);
    return { outcome: { ...withoutId(choice), state: 'failed', failure: failureFrom(error, by.requestId) } };
  }
}

/** The choices beside it are recorded already, and have to be executed. Nothing has been sent for this one. */
function failedByFault(error: unknown, choice: Choice, { requestId }: Requester): StartedChange {
  log.error({ err: error, requestId }, 'A change could not be started');
  return { outcome: { ...withoutId(choice), state: 'failed', failure: failureFrom(asAway(error), requestId) } };
}

/** A choice of which there is no change. */
const withoutId = ({ changeId: _, ...choice }: Choice): Choice => choice;

function refuseBadChoice(account: Account | undefined, choice: Choice): void {
  if (!account) throw new Refusal('unknown-account', 'No such account.');
  if (isDirectoryManaged(account)) {
    throw new Refusal('directory-managed', 'The company directory sets the plans.', { current: choice.from });
  }
  if (!account.supportedLicenses.includes(choice.to)) {
    throw new Refusal('unsupported-license', 'This plan is not available in this account.', { current: choice.from });
  }
  if (choice.to === choice.from) throw new Refusal('invalid', 'Nothing would change.', { current: choice.from });
}

async function refuseBadUndo(db: Deps['db'], accountId: string, choice: Choice, undoes: string): Promise<void> {
  const undone = await findApplied(db, accountId, choice.userId, undoes);
  if (undone?.to !== choice.from || undone.from !== choice.to) {
    throw new Refusal('invalid', 'There is no such change to undo.', { current: choice.from });
  }
}

async function recordOrRefuse(
  db: Deps['db'],
  accountId: string,
  choice: Choice,
  by: Requester,
): Promise<StartedChange> {
  try {
    const change = await recordIntent(db, accountId, choice.changeId ?? randomUUID(), choice, by);
    return change ? { change } : await refuseChanged(db, accountId, choice);
  } catch (error) {
    if (isUniqueViolation(error, 'changes_pkey')) throw new Refusal('invalid', 'This ID is of another change.');
    if (!isUniqueViolation(error, 'changes_one_open')) throw error;
    const open = await findOpen(db, accountId, choice.userId);
    throw new Refusal('busy', 'Another change of this person is in progress.', {
      current: choice.from,
      ...(open && {
        other: {
          name: open.operator_name,
          ...(open.login && { login: open.login }),
          license: open.to_license,
          at: open.requested_at.toISOString(),
        },
      }),
    });
  }
}

/** The operator saw something else than we know. */
async function refuseChanged(db: Deps['db'], accountId: string, choice: Choice): Promise<never> {
  const user = await findUser(db, accountId, choice.userId);
  if (!user) throw new Refusal('unknown-user', 'This person is not in this account.');
  throw await conflictOf(db, { accountId, userId: choice.userId }, user.license);
}

async function recordRefused(
  db: Deps['db'],
  accountId: string,
  choice: Choice,
  by: Requester,
  refusal: Refusal,
): Promise<void> {
  const user = await findUser(db, accountId, choice.userId);
  await recordEntry(db, {
    action: by.endingId ? 'ending' : choice.undoes ? 'undo' : 'change',
    operator: { id: by.operatorId, name: by.operatorName, role: by.operatorRole },
    requestId: by.requestId,
    accountId,
    userId: choice.userId,
    userName: user ? nameOf(user) : choice.userId,
    userEmail: user?.email ?? null,
    from: choice.from,
    to: choice.to,
    failure: refusal.code,
  });
}

/** Carries a change to its settlement, and looks after its confirmation when nobody waits any more. */
async function executeToEnd(deps: Deps, change: OpenChange, requestId: string): Promise<void> {
  try {
    await executeChange(deps, change, requestId);
    void confirmLater(deps, change);
  } catch (error) {
    // The change stays open in the database; a worker takes it over when its lease runs out.
    log.error({ err: error, changeId: change.id, requestId }, 'A change could not be finished');
  }
}

async function confirmLater(deps: Deps, change: OpenChange): Promise<void> {
  try {
    await sleep(confirmAfterMs);
    const unconfirmed = await findUnconfirmed(deps.db, change.accountId, change.id);
    if (unconfirmed) await confirmChange(deps, unconfirmed);
  } catch (error) {
    log.warn({ err: error, changeId: change.id }, 'A change could not be confirmed yet');
  }
}

async function answersFor(
  { db }: Deps,
  accountId: string,
  choices: Choice[],
  started: StartedChange[],
): Promise<Outcome[]> {
  const ids = started.flatMap((start) => ('change' in start ? [start.change.id] : []));
  const outcomes = await outcomesOf(db, accountId, ids).catch((error: unknown) => {
    log.error({ err: error }, 'The state of changes could not be read');
    return [];
  });
  const byId = new Map(outcomes.map((outcome) => [outcome.changeId, outcome]));
  return choices.flatMap((choice, index): Outcome[] => {
    const start = started[index];
    if (!start) return [];
    return ['outcome' in start ? start.outcome : (byId.get(start.change.id) ?? onItsWay(choice, start.change))];
  });
}

/** A recorded change of which the database will not tell us more: it may have been made, so it is not called failed. */
function onItsWay(choice: Choice, { id, requestedAt }: OpenChange): Outcome {
  return {
    ...withoutId(choice),
    state: 'pending',
    changeId: id,
    requestedAt: requestedAt.toISOString(),
    tries: 1,
    maxTries: maxTries('throttled'),
    checking: false,
  };
}
