import { z } from 'zod';
import { answer, operatorRoute } from '@/app/guard/routes.ts';
import { showAccounts } from '@/lib/counts/show-accounts.ts';
import { reading } from '@/lib/deps.ts';

/** Every account with its counts. */
export const GET = operatorRoute('users:view', z.object({ accountId: z.never().optional() }), async (_, { operator }) =>
  answer(await reading(({ db }) => showAccounts(db, operator.accounts))),
);
