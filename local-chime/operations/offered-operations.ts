import { batchUpdateUser } from './batch-update-user.ts';
import { getAccount } from './get-account.ts';
import { getUser } from './get-user.ts';
import { listAccounts } from './list-accounts.ts';
import { listUsers } from './list-users.ts';
import { updateUser } from './update-user.ts';

/** The operations of Chime that Local Chime offers; `other-operations.ts` names the rest. */
export const offeredOperations = [listAccounts, getAccount, listUsers, getUser, updateUser, batchUpdateUser];
