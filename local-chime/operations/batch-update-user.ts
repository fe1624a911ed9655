import { z } from 'zod';
import { ChimeException, errorCode, refuse } from '../errors.ts';
import type { ChimeAccount } from '../people/account.ts';
import { refuseUnderDirectory, refuseUnsupported, userChanges } from '../people/license-change.ts';
import { accountIn, userIn } from '../people/presence.ts';
import { id } from './fields.ts';
import { type Context, operation } from './operation.ts';

const item = z.object({ UserId: id, ...userChanges });

export const batchUpdateUser = operation({
  name: 'BatchUpdateUser',
  method: 'POST',
  path: '/accounts/{AccountId}/users',
  input: z.object({ AccountId: id, UpdateUserRequestItems: z.array(item).max(20) }),
  run({ AccountId, UpdateUserRequestItems }, context) {
    const account = accountIn(context.store, AccountId);
    if (UpdateUserRequestItems.some(({ LicenseType }) => LicenseType)) refuseUnderDirectory(account);
    return { UserErrors: UpdateUserRequestItems.flatMap((change) => userErrors(account, change, context)) };
  },
});

/** Changes one user of the batch; a refusal is told in the answer and stops no other user. */
function userErrors(account: ChimeAccount, change: z.output<typeof item>, context: Context) {
  try {
    updateOne(account, change, context);
    return [];
  } catch (error) {
    if (!(error instanceof ChimeException)) throw error;
    return [{ UserId: change.UserId, ErrorCode: errorCode(error.exception), ErrorMessage: error.message }];
  }
}

function updateOne(account: ChimeAccount, { UserId, LicenseType }: z.output<typeof item>, context: Context): void {
  const planted = context.planted(UserId);
  if (planted && !planted.afterApplying) refusePlanted(planted.exception);
  const user = userIn(context.store, account.AccountId, UserId);
  if (LicenseType) {
    refuseUnsupported(account, LicenseType);
    context.store.setLicense(user, LicenseType, context.cause);
  }
  if (planted) refusePlanted(planted.exception);
}

function refusePlanted(exception: string): never {
  return refuse(exception, `Planted ${exception}`);
}
