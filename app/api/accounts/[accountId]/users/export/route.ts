import { z } from 'zod';
import { download } from '@/app/download.ts';
import { operatorRoute } from '@/app/guard.ts';
import { findAccount } from '@/lib/accounts/store.ts';
import { deps } from '@/lib/deps.ts';
import { chimeId } from '@/lib/id.ts';
import { exportName } from '@/lib/users/export-name.ts';
import { exportUsers } from '@/lib/users/export-users.ts';
import { filterFromParams } from '@/lib/users/filter.ts';

const shape = z.object({ accountId: chimeId }).catchall(z.string());

export const GET = operatorRoute('users:view', shape, async ({ accountId, ...query }, caller) => {
  const filter = filterFromParams(new Map(Object.entries(query)));
  const account = await findAccount(deps(), accountId);
  const name = exportName(account?.name ?? accountId, filter, new Date().toISOString().slice(0, 10));
  return download(caller, exportUsers(deps(), accountId, filter), name, 'text/csv');
});
