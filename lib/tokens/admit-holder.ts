import { recordEntry } from '../audit/store.ts';
import { isInScope } from '../auth/access.ts';
import type { Entrance } from '../auth/entrance.ts';
import { may, type Permission } from '../auth/permissions.ts';
import type { Operator } from '../auth/store.ts';
import type { Database } from '../db/database.ts';
import { Refusal } from '../failures.ts';
import { operatorWithToken } from './keep-tokens.ts';

/**
 * The door for the command line: a good token, the right, an account in its holder's scope. What is refused to a holder is in
 * the audit. `accountId`: undefined for what is in no account, which whoever has not all accounts may not know.
 */
export async function admitHolder(
  db: Database,
  entrance: Entrance,
  token: string,
  wish: { needs: Permission; accountId: string | undefined; requestId: string },
): Promise<Operator> {
  const { needs, accountId, requestId } = wish;
  const operator = await operatorWithToken(db, entrance, token);
  if (!operator) throw new Refusal('signed-out', 'This token is not good.');
  const isRight = may(operator, needs);
  if (isRight && isInScope(operator.accounts, accountId ?? '')) return operator;
  const failure = isRight ? 'unknown-account' : 'not-allowed';
  const why = isRight ? undefined : needs;
  await recordEntry(db, { action: 'denied', operator, requestId, accountId, why, failure });
  throw new Refusal('not-allowed', 'The holder of this token has no right to this.');
}
