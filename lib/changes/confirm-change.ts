import { setTimeout as sleep } from 'node:timers/promises';
import { confirmingLooksMs } from '../chime/call-policy.ts';
import type { Deps } from '../chime/deps.ts';
import { caughtRefusal } from '../chime/refusals.ts';
import { takeTurn } from '../chime/turn.ts';
import type { Unconfirmed } from './leases-store.ts';
import { hasLaterChange, recordConfirmed, recordNotVisible } from './store.ts';

/** Looks whether Chime shows what it accepted, a few times; what it does not show by then, the workers look after. */
export async function confirmChange(deps: Deps, change: Unconfirmed): Promise<void> {
  for (const ms of confirmingLooksMs) {
    await sleep(ms);
    if (await lookAtChange(deps, change)) return;
  }
}

/** Looks once. True when nothing is left to look for: Chime shows the new license, or the person was changed again since. */
export async function lookAtChange(deps: Deps, change: Unconfirmed): Promise<boolean> {
  const { db } = deps;
  const license = await licenseInChime(deps, change);
  if (license === undefined) return false;
  if (license === change.from && !(await hasLaterChange(db, change))) {
    await recordNotVisible(db, change.id, license);
    return false;
  }
  await recordConfirmed(db, change.id);
  return true;
}

/** Undefined where Chime would not say. The mirror is left alone: it holds what Chime accepted. */
async function licenseInChime(deps: Deps, change: Unconfirmed): Promise<string | null | undefined> {
  const turn = await takeTurn(deps, 'reading');
  try {
    return (await turn.call(() => deps.chime.getUser(change.accountId, change.userId))).license;
  } catch (error) {
    caughtRefusal(error);
    return undefined;
  }
}
