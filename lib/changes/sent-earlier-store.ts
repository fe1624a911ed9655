import type { Executor } from '../db/database.ts';
import type { Choice, Outcome } from './change.ts';
import { outcomesOf } from './outcomes-store.ts';

/**
 * Where the change stands that the same choice made when it was sent before, by the same operator and under the same ID.
 * Undefined where there is none: what is not on record has not been sent to Chime.
 */
export async function sentEarlier(
  db: Executor,
  accountId: string,
  choice: Choice,
  operatorId: string,
): Promise<Outcome | undefined> {
  if (choice.changeId === undefined) return undefined;
  const same = await db
    .selectFrom('changes')
    .select('id')
    .where('id', '=', choice.changeId)
    .where('account_id', '=', accountId)
    .where('user_id', '=', choice.userId)
    .where('operator_id', '=', operatorId)
    .where('from_license', 'is not distinct from', choice.from)
    .where('to_license', '=', choice.to)
    .where('undoes', 'is not distinct from', choice.undoes ?? null)
    .executeTakeFirst();
  return same && (await outcomesOf(db, accountId, [same.id]))[0];
}
