import { z } from 'zod';
import { pageOf } from '../http/page.ts';
import { email, maxResults } from './fields.ts';
import { operation } from './operation.ts';

export const listAccounts = operation({
  name: 'ListAccounts',
  method: 'GET',
  path: '/accounts',
  query: { name: 'Name', 'user-email': 'UserEmail', 'next-token': 'NextToken', 'max-results': 'MaxResults' },
  input: z.object({
    Name: z.string().min(1).max(100).regex(/\S/, 'must not be blank').optional(),
    UserEmail: email.optional(),
    NextToken: z.string().optional(),
    MaxResults: maxResults,
  }),
  run({ Name, UserEmail, NextToken, MaxResults }, { store, tokens }) {
    const page = pageOf(tokens, ['ListAccounts', Name, UserEmail], NextToken, MaxResults, (position, limit) =>
      store.accounts({ name: Name, userEmail: UserEmail }, position, limit),
    );
    return { Accounts: page.items, NextToken: page.nextToken };
  },
});
