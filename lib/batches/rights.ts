import { isInScope } from '../accounts/scope.ts';
import { type AuthConfig, accessAt } from '../auth/auth-config.ts';
import type { Executor } from '../db/database.ts';
import { may } from '../operators/permissions.ts';
import { type Batch, findSubmitter } from './store.ts';

/**
 * Whether who submitted a batch may still run it: not disabled, still of a role that may, the account still theirs. Their
 * session may be over; a batch goes on without it.
 */
export async function maySubmitterRun(
  db: Executor,
  authConfig: AuthConfig,
  batch: Pick<Batch, 'operator_id' | 'operator_groups' | 'account_id'>,
): Promise<boolean> {
  const operator = await findSubmitter(db, batch.operator_id);
  if (!operator) return false;
  const access = accessAt(authConfig, { operator, groups: batch.operator_groups });
  return access !== undefined && may(access, 'batches:run') && isInScope(access.accounts, batch.account_id);
}
