import { sql } from 'kysely';
import { type Executor, fewRows, keptMonths } from '../db/database.ts';
import { firstDayOf } from './month.ts';
import type { Activity, ActivityFile } from './view.ts';

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

/** Replaces what a file told of an account and month, as a whole. */
export async function saveActivity(
  trx: Executor,
  { accountId, month, name, lines, unmatched, unclear, days }: Activity,
  by: { id: string; name: string },
): Promise<void> {
  const first = firstDayOf(month);
  await sql`delete from activity_files where account_id = ${accountId} and month = ${first}::date`.execute(trx);
  await sql`
    insert into activity_files (account_id, month, name, lines, matched, unmatched, unclear, uploaded_by, uploaded_by_name)
    values (${accountId}, ${first}::date, ${name}, ${lines}, ${days.length}, ${unmatched}, ${unclear}, ${by.id}, ${by.name})`.execute(
    trx,
  );
  await sql`
    insert into activity_days (account_id, month, user_id, days)
    select ${accountId}, ${first}::date, "userId", days
    from jsonb_to_recordset(${JSON.stringify(days)}::jsonb) as hosted ("userId" text, days smallint)`.execute(trx);
}

/** Forgets the hosted days of months of which the steps are gone, and then their files. Answers how many days. */
export async function forgetOldActivity(db: Executor): Promise<bigint> {
  const isOld = sql`files.month < (clock_timestamp() - ${keptMonths})::date`;
  const { numAffectedRows = 0n } = await sql`
    delete from activity_days where ctid = any(array(
      select days.ctid from activity_files files
      join activity_days days on days.account_id = files.account_id and days.month = files.month
      where ${isOld} limit ${fewRows}))`.execute(db);
  await sql`
    delete from activity_files files where ${isOld} and not exists (
      select from activity_days days where days.account_id = files.account_id and days.month = files.month)`.execute(
    db,
  );
  return numAffectedRows;
}
