import { sql } from 'kysely';
import type { Executor } from '../db/database.ts';
import { noValue } from '../search/filter.ts';
import type { DepartmentCount, DepartmentFile } from './department.ts';

/** The files that hold for these accounts. */
export async function findDepartmentFiles(db: Executor, accountIds: string[]): Promise<DepartmentFile[]> {
  const rows = await db
    .selectFrom('department_files')
    .selectAll()
    .where(sql<boolean>`account_id = any(${accountIds})`)
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

/** How many people of each department have which license now. */
export async function countDepartments(db: Executor, accountId: string): Promise<DepartmentCount[]> {
  const { rows } = await sql<{ department: string | null; license: string; people: string }>`
    select department, coalesce(license, ${noValue}) as license, count(*) as people
    from users left join departments on departments.account_id = users.account_id and departments.user_id = users.id
    where users.account_id = ${accountId} group by 1, 2 order by 1, 2`.execute(db);
  return rows.map((row) => ({ ...row, people: Number(row.people) }));
}

/** A file of departments as it was understood. */
export type Departments = {
  accountId: string;
  name: string;
  lines: number;
  unmatched: number;
  unclear: number;
  people: { userId: string; department: string }[];
};

/** Replaces the departments of an account as a whole. */
export async function saveDepartments(
  trx: Executor,
  { accountId, name, lines, unmatched, unclear, people }: Departments,
  by: { id: string; name: string },
): Promise<void> {
  await sql`delete from department_files where account_id = ${accountId}`.execute(trx);
  await sql`
    insert into department_files (account_id, name, lines, matched, unmatched, unclear, uploaded_by, uploaded_by_name)
    values (${accountId}, ${name}, ${lines}, ${people.length}, ${unmatched}, ${unclear}, ${by.id}, ${by.name})`.execute(
    trx,
  );
  await sql`
    insert into departments (account_id, user_id, department)
    select ${accountId}, "userId", department
    from jsonb_to_recordset(${JSON.stringify(people)}::jsonb) as said ("userId" text, department text)`.execute(trx);
}
