import { z } from 'zod';
import { download } from '@/app/download.ts';
import { operatorRoute } from '@/app/guard/routes.ts';
import { findAccount } from '@/lib/accounts/store.ts';
import { recordExport } from '@/lib/audit/record-export.ts';
import { showCounts } from '@/lib/counts/show-counts.ts';
import { deps, readingDeps } from '@/lib/deps.ts';
import { exportName } from '@/lib/exports/export-name.ts';
import { exportUsers } from '@/lib/exports/export-users.ts';
import { chimeId } from '@/lib/id.ts';
import { filterFromParams, paramsFromFilter } from '@/lib/search/filter.ts';

const shape = z.object({ accountId: chimeId }).catchall(z.string());

export const GET = operatorRoute('users:view', shape, async ({ accountId, ...query }, caller) => {
  const from = await readingDeps();
  const filter = filterFromParams(new Map(Object.entries(query)));
  const account = await findAccount(deps(), accountId);
  const name = exportName(account?.name ?? accountId, filter, new Date().toISOString().slice(0, 10));
  return download(caller, {
    chunks: exportUsers(from, accountId, filter),
    name,
    type: 'text/csv',
    record: async () => {
      const { total } = await showCounts(from.db, accountId, filter);
      await recordExport(deps().db, caller, {
        what: 'people',
        accountId,
        filter: paramsFromFilter(filter),
        rows: total,
      });
    },
  });
});
