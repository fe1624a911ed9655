import { z } from 'zod';
import { refuseUnderDirectory, refuseUnsupported, userChanges } from '../people/license-change.ts';
import { accountIn, userIn } from '../people/presence.ts';
import { sampleUser } from '../people/user.ts';
import { id } from './fields.ts';
import { operation } from './operation.ts';

export const updateUser = operation({
  name: 'UpdateUser',
  method: 'POST',
  path: '/accounts/{AccountId}/users/{UserId}',
  input: z.object({ AccountId: id, UserId: id, ...userChanges }),
  run({ AccountId, UserId, LicenseType }, { store, cause, fullAnswers }) {
    const account = accountIn(store, AccountId);
    const user = userIn(store, AccountId, UserId);
    if (LicenseType) {
      refuseUnderDirectory(account);
      refuseUnsupported(account, LicenseType);
      store.setLicense(user, LicenseType, cause);
    }
    return { User: fullAnswers ? { ...user, LicenseType: LicenseType ?? user.LicenseType } : sampleUser(UserId) };
  },
});
