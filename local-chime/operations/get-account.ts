import { z } from 'zod';
import { accountIn } from '../people/presence.ts';
import { id } from './fields.ts';
import { operation } from './operation.ts';

export const getAccount = operation({
  name: 'GetAccount',
  method: 'GET',
  path: '/accounts/{AccountId}',
  input: z.object({ AccountId: id }),
  run({ AccountId }, { store }) {
    return { Account: accountIn(store, AccountId) };
  },
});
