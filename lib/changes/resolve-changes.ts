import { randomUUID } from 'node:crypto';
import { leaseMs, nextLookMs } from '../chime/call-policy.ts';
import type { Deps } from '../chime/deps.ts';
import { ChimeRefusal } from '../chime/refusals.ts';
import { takeTurn } from '../chime/turn.ts';
import type { Failure } from '../failures.ts';
import { log } from '../log/log.ts';
import { readUser } from '../mirror/read-user.ts';
import { inSpan } from '../traces/spans.ts';
import { lookAtChange } from './confirm-change.ts';
import { conflictFailure } from './conflict-refusal-store.ts';
import { type Abandoned, findUnconfirmed, takeAbandoned, takeUnconfirmed, takeUnknown } from './leases-store.ts';
import { leaveUnknown, settleApplied, settleFailed } from './settle-change-store.ts';

/** Changes looked at side by side. */
const atOnce = 20;

/**
 * Finds out, by reading the person back, what became of the changes that nobody carries any more: left by a killed
 * process, or without an answer. Returns how many were looked at.
 */
export async function resolveChanges(deps: Deps): Promise<number> {
  const abandoned = await takeAbandoned(deps.db, deps.chime.accounts, atOnce);
  const unconfirmed = await takeUnconfirmed(deps.db, deps.chime.accounts, atOnce);
  await Promise.all([
    ...abandoned.map((change) => resolveChange(deps, change)),
    ...unconfirmed.map((change) => lookAtChange(deps, change).catch((error: unknown) => logFault(change, error))),
  ]);
  return abandoned.length + unconfirmed.length;
}

/** Looks at one change at once, because the operator asked; changes that are settled and confirmed are left as they are. */
export async function checkChange(deps: Deps, accountId: string, changeId: string): Promise<void> {
  const unknown = await takeUnknown(deps.db, accountId, changeId);
  if (unknown) await resolveChange(deps, unknown);
  const unconfirmed = await findUnconfirmed(deps.db, accountId, changeId);
  if (unconfirmed) await lookAtChange(deps, unconfirmed);
}

function resolveChange(deps: Deps, change: Abandoned): Promise<void> {
  const facts = { 'carillon.account_id': change.accountId, 'carillon.change_id': change.id };
  return inSpan({ name: 'look at an open change', facts }, () => findOut(deps, change));
}

async function findOut(deps: Deps, change: Abandoned): Promise<void> {
  const { db } = deps;
  const doubt: Failure = change.failure ?? { code: 'interrupted', at: new Date().toISOString(), current: change.from };
  try {
    const user = await readUser(deps, change.accountId, change.userId, await takeTurn(deps, 'reading'));
    const late = change.lateUntil.getTime() - Date.now();
    if (user.license === change.to) await settleApplied(db, change, { seen: true, despite: doubt });
    else if (user.license !== change.from)
      await settleFailed(db, change.id, await conflictFailure(db, change, user.license));
    else if (late > 0) await leaveUnknown(db, change.id, doubt, late);
    else await settleFailed(db, change.id, { ...doubt, current: change.from });
  } catch (error) {
    if (!(error instanceof ChimeRefusal)) return leaveForFault(db, change, error);
    const failure: Failure = { ...error.facts, code: error.code, at: new Date().toISOString() };
    if (error.code === 'not-found') await settleFailed(db, change.id, failure);
    else await leaveUnknown(db, change.id, doubt, nextLookMs);
  }
}

/** A fault of Carillon's own: the next look comes when the lease runs out, and the changes beside this one go on. */
async function leaveForFault(db: Deps['db'], change: Abandoned, error: unknown): Promise<void> {
  const requestId = logFault(change, error);
  const fault: Failure = { code: 'unexpected', at: new Date().toISOString(), current: change.from, requestId };
  await leaveUnknown(db, change.id, fault, leaseMs).catch((second: unknown) => logFault(change, second));
}

function logFault({ id }: Pick<Abandoned, 'id'>, error: unknown): string {
  const requestId = randomUUID();
  log.error({ err: error, changeId: id, requestId }, 'The outcome of a change could not be checked');
  return requestId;
}
