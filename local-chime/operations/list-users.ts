import { z } from 'zod';
import { pageOf } from '../http/page.ts';
import { accountIn } from '../people/presence.ts';
import { email, id, maxResults } from './fields.ts';
import { operation } from './operation.ts';

export const listUsers = operation({
  name: 'ListUsers',
  method: 'GET',
  path: '/accounts/{AccountId}/users',
  query: {
    'user-email': 'UserEmail',
    'user-type': 'UserType',
    'max-results': 'MaxResults',
    'next-token': 'NextToken',
  },
  input: z.object({
    AccountId: id,
    UserEmail: email.optional(),
    UserType: z.enum(['PrivateUser', 'SharedDevice']).optional(),
    MaxResults: maxResults,
    NextToken: z.string().optional(),
  }),
  run({ AccountId, UserEmail, UserType, MaxResults, NextToken }, { store, tokens, seen }) {
    accountIn(store, AccountId);
    const listing = ['ListUsers', AccountId, UserEmail, UserType];
    const page = pageOf(tokens, listing, NextToken, MaxResults, (position, limit) =>
      store.users(AccountId, { userEmail: UserEmail, userType: UserType }, position, limit),
    );
    return { Users: page.items.map(seen), NextToken: page.nextToken };
  },
});
