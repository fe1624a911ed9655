import { sql } from 'kysely';
import type { Executor } from '../db/database.ts';
import type { FailureCode } from '../failures.ts';
import type { PlanNotEnded } from '../licenses/ending.ts';
import { nameOf } from '../users/user.ts';

/** Plans of an account that could not be ended, the newest first. */
export async function listNotEnded(db: Executor, accountId: string, most: number): Promise<PlanNotEnded[]> {
  const rows = await db
    .selectFrom('endings')
    .leftJoin('users', (join) =>
      join.onRef('users.account_id', '=', 'endings.account_id').onRef('users.id', '=', 'endings.user_id'),
    )
    .select(['endings.user_id', 'endings.license', 'back_to', 'ends_at', 'failure', 'batch_id'])
    .select(['users.name', 'users.email'])
    .where('endings.account_id', '=', accountId)
    .where('endings.state', '=', 'failed')
    .orderBy('ends_at', 'desc')
    .orderBy('endings.user_id')
    .limit(most)
    .execute();
  return rows.map(({ user_id: id, name, email, ...row }) => ({
    user: { id, name: nameOf({ id, name, email }), email },
    license: row.license,
    backTo: row.back_to,
    at: row.ends_at.toISOString(),
    failure: row.failure ?? 'unexpected',
    batchId: row.batch_id,
  }));
}

/** How many plans of an account could not be ended. */
export async function countNotEnded(db: Executor, accountId: string): Promise<number> {
  const { people } = await db
    .selectFrom('endings')
    .select(({ fn }) => fn.countAll<string>().as('people'))
    .where('account_id', '=', accountId)
    .where('state', '=', 'failed')
    .executeTakeFirstOrThrow();
  return Number(people);
}

/** The same of those that batches were to end, by batch; batches without any are left out. */
export async function countNotEndedOf(db: Executor, batchIds: string[]): Promise<Map<string, number>> {
  if (batchIds.length === 0) return new Map();
  const { rows } = await sql<{ id: string; people: string }>`
    select batch_id as id, count(*) as people from endings
    where batch_id = any(${batchIds}::uuid[]) and state = 'failed' group by batch_id`.execute(db);
  return new Map(rows.map(({ id, people }) => [id, Number(people)]));
}

/** Why plans that a batch gave could not be ended, and of how many people, the most frequent cause first. */
export async function groupNotEnded(db: Executor, batchId: string): Promise<{ code: FailureCode; people: number }[]> {
  const { rows } = await sql<{ code: FailureCode; people: string }>`
    select coalesce(failure, 'unexpected') as code, count(*) as people from endings
    where batch_id = ${batchId}::uuid and state = 'failed' group by failure order by count(*) desc, 1`.execute(db);
  return rows.map((row) => ({ ...row, people: Number(row.people) }));
}
