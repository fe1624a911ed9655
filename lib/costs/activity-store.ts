import type { Executor } from '../db/database.ts';
import { firstDayOf } from './month.ts';
import type { ActivityFile } from './view.ts';

/** The files of these accounts about a month. */
export async function findActivityFiles(db: Executor, accountIds: string[], month: string): Promise<ActivityFile[]> {
  const rows = await db
    .selectFrom('activity_files')
    .selectAll()
    .where('account_id', 'in', accountIds)
    .where('month', '=', firstDayOf(month))
    .orderBy('account_id')
    .execute();
  return rows.map((row) => ({
    accountId: row.account_id,
    name: row.name,
    lines: row.lines,
    matched: row.matched,
    unmatched: row.unmatched,
    unclear: row.unclear,
    uploadedBy: row.uploaded_by_name,
    uploadedAt: row.uploaded_at.toISOString(),
  }));
}
