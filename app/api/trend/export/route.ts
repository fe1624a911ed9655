import { z } from 'zod';
import { downloadTrend } from '@/app/accounts/trend/download-trend.ts';
import { operatorRoute } from '@/app/guard/routes.ts';
import { listAccounts } from '@/lib/accounts/store.ts';
import { deps } from '@/lib/deps.ts';
import { pages } from '@/lib/texts/pages.ts';

const part = z.string().optional();
const shape = z.object({ accountId: z.never().optional(), period: part, from: part, to: part });

/** All accounts that the operator may see, together. */
export const GET = operatorRoute('users:view', shape, async ({ period, from, to }, caller) => {
  const accounts = await listAccounts(deps().db, caller.operator.accounts);
  return downloadTrend(caller, accounts, pages.allAccounts, { period, from, to });
});
