import { z } from 'zod';
import { accountIn, userIn } from '../people/presence.ts';
import { id } from './fields.ts';
import { operation } from './operation.ts';

export const getUser = operation({
  name: 'GetUser',
  method: 'GET',
  path: '/accounts/{AccountId}/users/{UserId}',
  input: z.object({ AccountId: id, UserId: id }),
  run({ AccountId, UserId }, { store, seen }) {
    accountIn(store, AccountId);
    return { User: seen(userIn(store, AccountId, UserId)) };
  },
});
