import { z } from 'zod';
import { download } from '@/app/download.ts';
import { operatorRoute } from '@/app/guard/routes.ts';
import { findAccount } from '@/lib/accounts/store.ts';
import { deps, readingDeps } from '@/lib/deps.ts';
import { departmentsExportName, exportDepartments } from '@/lib/exports/export-departments.ts';
import { chimeId } from '@/lib/id.ts';

/** All departments with their numbers; they name no person, so the audit has no entry of it. */
export const GET = operatorRoute('users:view', z.object({ accountId: chimeId }), async ({ accountId }, caller) => {
  const account = await findAccount(deps(), accountId);
  const { db } = await readingDeps();
  return download(caller, {
    chunks: exportDepartments(db, accountId),
    name: departmentsExportName(account?.name ?? accountId, new Date(), deps().settings.REPORT_ZONE),
    type: 'text/csv',
    record: null,
  });
});
