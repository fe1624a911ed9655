import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Scope } from '../../accounts/scope.ts';
import { withinScope } from '../../accounts/store.ts';
import type { Executor } from '../../db/database.ts';
import { changedOutside, daysAgo } from '../conditions-store.ts';
import { type ChangedDays, changedDays } from '../filter.ts';
import type { CountCell } from './cells.ts';

/** How many people of an account share which facts. */
export async function cellsOf(db: Executor, accountId: string): Promise<CountCell[]> {
  const { rows } = await sql<CellRow>`
    select account_id, license, registration, invitation, user_type, sum(people) as people
    from user_counts where account_id = ${accountId}
    group by 1, 2, 3, 4, 5 having sum(people) <> 0`.execute(db);
  return rows.map(cellFrom);
}

/** The same for every account in a scope that has people, by its ID. */
export async function cellsOfAccounts(db: Executor, scope: Scope): Promise<Map<string, CountCell[]>> {
  const { rows } = await sql<CellRow>`
    select account_id, license, registration, invitation, user_type, sum(people) as people
    from user_counts where ${withinScope(scope, sql.ref('account_id'))}
    group by 1, 2, 3, 4, 5 having sum(people) <> 0`.execute(db);
  const cells = new Map<string, CountCell[]>();
  for (const row of rows) {
    const ofAccount = cells.get(row.account_id);
    if (ofAccount) ofAccount.push(cellFrom(row));
    else cells.set(row.account_id, [cellFrom(row)]);
  }
  return cells;
}

type CellRow = {
  account_id: string;
  license: string | null;
  registration: string | null;
  invitation: string | null;
  user_type: string | null;
  people: string;
};

const cellFrom = (row: Omit<CellRow, 'account_id'>): CountCell => ({
  license: row.license,
  registration: row.registration,
  invitation: row.invitation,
  userType: row.user_type,
  people: Number(row.people),
});

/** People who share facts; `days`: the shortest of the offered times within which their plan was changed. */
export type FoundCell = CountCell & { days: ChangedDays | null; outside: boolean };

/** The people that the conditions let through, by the facts they share. */
export async function countCells(
  db: Executor,
  accountId: string,
  conditions: RawBuilder<SqlBool>,
): Promise<FoundCell[]> {
  const { rows } = await sql<FoundRow>`
    select license, registration, invitation, user_type, ${daysSince} as days, ${changedOutside} as outside,
      count(*) as people
    from users where account_id = ${accountId} and ${conditions} group by 1, 2, 3, 4, 5, 6`.execute(db);
  return rows.map(foundFrom);
}

/** The people whose plan was changed in the last 30 days, or last outside Carillon, by the facts they share. */
export async function countChanged(db: Executor, accountId: string): Promise<FoundCell[]> {
  const [, , longest] = changedDays;
  const isRecent = sql<SqlBool>`changed_at > ${daysAgo(longest)}`;
  const { rows } = await sql<FoundRow>`
    select license, registration, invitation, user_type, ${daysSince} as days, changed_by is null as outside,
      count(*) as people
    from users where account_id = ${accountId} and ${isRecent} group by 1, 2, 3, 4, 5, 6
    union all
    select license, registration, invitation, user_type, null, true, count(*) as people
    from users where account_id = ${accountId} and ${changedOutside} and not ${isRecent}
    group by 1, 2, 3, 4`.execute(db);
  return rows.map(foundFrom);
}

type FoundRow = Omit<CellRow, 'account_id'> & { days: number | null; outside: boolean };

const daysSince = sql`case when changed_at is not null then case ${sql.join(
  changedDays.map((days) => sql`when changed_at > ${daysAgo(days)} then ${sql.lit(days)}`),
  sql` `,
)} end end`;

const foundFrom = (row: FoundRow): FoundCell => ({
  ...cellFrom(row),
  days: changedDays.find((days) => days === row.days) ?? null,
  outside: row.outside,
});
