import { z } from 'zod';
import { downloadTrend } from '@/app/accounts/trend/download-trend.ts';
import { operatorRoute } from '@/app/guard/routes.ts';
import { findAccount } from '@/lib/accounts/store.ts';
import { deps } from '@/lib/deps.ts';
import { chimeId } from '@/lib/id.ts';

const shape = z.object({ accountId: chimeId }).catchall(z.string());

export const GET = operatorRoute('users:view', shape, async ({ accountId, ...params }, caller) => {
  const account = await findAccount(deps(), accountId);
  return downloadTrend(caller, account ? [account] : [], account?.name ?? accountId, params);
});
