import type { Deps } from '../../chime/deps.ts';
import { caughtRefusal } from '../../chime/refusals.ts';
import { takeTurn } from '../../chime/turn.ts';
import { log } from '../../log/log.ts';
import { readUser } from '../../mirror/read-user.ts';
import { forgetLateCall, type LateCall, takeLateCalls } from './store.ts';

const atOnce = 20;

/**
 * Reads people back who got another plan after a try of ours that nobody waited for any more: Chime may apply it as much as
 * a minute after it was sent. That it did is noted by the reading itself. Returns how many calls were looked for.
 */
export async function watchLateCalls(deps: Deps): Promise<number> {
  const calls = await takeLateCalls(deps.db, deps.chime.accounts, atOnce);
  await Promise.all(
    calls.map((call) =>
      lookForCall(deps, call).catch((error: unknown) =>
        log.error({ err: error, changeId: call.changeId }, 'A late call could not be looked for'),
      ),
    ),
  );
  return calls.length;
}

async function lookForCall(deps: Deps, { changeId, accountId, userId, matters, isOver }: LateCall): Promise<void> {
  if (matters && !(await readIfPossible(deps, accountId, userId))) return;
  if (isOver) await forgetLateCall(deps.db, changeId);
}

/** False where Chime would not say, and has to be asked again. */
async function readIfPossible(deps: Deps, accountId: string, userId: string): Promise<boolean> {
  try {
    await readUser(deps, accountId, userId, await takeTurn(deps, 'reading'));
    return true;
  } catch (error) {
    return caughtRefusal(error).code === 'not-found';
  }
}
