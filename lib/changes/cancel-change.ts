import type { Deps } from '../deps.ts';
import { Refusal } from '../failures.ts';
import type { Outcome } from './change.ts';
import { outcomesOf } from './outcomes.ts';
import { requestCancel } from './store.ts';

/** Asks for a change to be given up before its next try; the answer is where it stands now, which may still be `pending`. */
export async function cancelChange({ db }: Deps, accountId: string, changeId: string): Promise<Outcome> {
  await requestCancel(db, accountId, changeId);
  return outcomeOf({ db }, accountId, changeId);
}

/** Where one change stands. Refuses when the account has no such change. */
export async function outcomeOf({ db }: Pick<Deps, 'db'>, accountId: string, changeId: string): Promise<Outcome> {
  const [outcome] = await outcomesOf(db, accountId, [changeId]);
  if (!outcome) throw new Refusal('invalid', 'There is no such change.');
  return outcome;
}
