import { randomUUID } from 'node:crypto';
import { maxTries } from '../../chime/call-policy.ts';
import type { Deps } from '../../chime/deps.ts';
import {
  type DueEnding,
  recordEndingChange,
  settleEnding,
  takeDueEndings,
  takeSettledEndings,
} from '../../endings/store.ts';
import type { FailureCode } from '../../failures.ts';
import { isLicense } from '../../licenses/license.ts';
import { inSpan } from '../../traces/spans.ts';
import { applyChanges } from '../apply-changes.ts';

/** Taken at a time: a worker that is killed leaves no more than these to the next one. */
const atOnce = 10;

const againInMs = 60_000;

/**
 * Gives people back what they had when the time of their plan is over, by the one way to change a license: a person who was given
 * another plan in between is left alone. What stands in the way for a while is tried again every minute. It happens in the
 * name of who planned it, whatever they may do by now: it ends what they began.
 */
export async function runEndings(deps: Deps, stopping: AbortSignal): Promise<void> {
  for (const { id, state, code } of await takeSettledEndings(deps.db, deps.chime.accounts)) {
    await settle(deps, id, state === 'applied' ? 'applied' : (code ?? 'unexpected'));
  }
  while (!stopping.aborted) {
    const due = await takeDueEndings(deps.db, deps.chime.accounts, atOnce);
    if (due.length === 0) return;
    for (const ending of due) await bringAbout(deps, ending);
  }
}

function bringAbout(deps: Deps, ending: DueEnding): Promise<void> {
  const requestId = randomUUID();
  const facts = { 'carillon.request_id': requestId, 'carillon.account_id': ending.accountId };
  return inSpan({ name: 'end a temporary plan', facts }, () => giveBack(deps, ending, requestId));
}

async function giveBack(deps: Deps, ending: DueEnding, requestId: string): Promise<void> {
  const { id, accountId, userId, license, backTo, ...by } = ending;
  if (!isLicense(backTo)) return settleEnding(deps.db, id, { state: 'failed', failure: 'unsupported-license' });
  const choices = [{ userId, from: license, to: backTo }];
  const [outcome] = await applyChanges(deps, accountId, choices, { ...by, requestId, endingId: id });
  if (outcome?.state === 'applied') return settle(deps, id, 'applied');
  if (outcome?.state === 'failed') return settle(deps, id, outcome.failure.code);
  if (outcome) await recordEndingChange(deps.db, id, outcome.changeId);
}

async function settle({ db }: Deps, id: string, end: FailureCode | 'applied'): Promise<void> {
  if (end === 'applied') return settleEnding(db, id, { state: 'done' });
  if (end === 'conflict' || end === 'unknown-user' || end === 'not-found') {
    return settleEnding(db, id, { state: 'cancelled' });
  }
  const passes = maxTries(end) > 1 || end === 'busy' || end === 'unauthorized' || end === 'interrupted';
  return settleEnding(db, id, passes ? { againInMs } : { state: 'failed', failure: end });
}
