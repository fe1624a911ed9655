import type { Deps } from '../chime/deps.ts';
import { log } from '../log/log.ts';
import { workLeft } from './work-left-store.ts';

/** Says in the log how much of it there is. Never throws: a worker that cannot count it works all the same. */
export async function tellWorkLeft(deps: Deps): Promise<void> {
  try {
    const left = await workLeft(deps);
    if (left.accounts > 0) log.warn(left, 'Accounts that are not in CHIME_ACCOUNTS have work left');
  } catch (error) {
    log.error({ err: error }, 'Could not count what is left in accounts that are not in CHIME_ACCOUNTS');
  }
}
