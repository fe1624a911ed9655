import { sql } from 'kysely';
import type { Executor } from '../db/database.ts';
import type { NewFacts } from './append-entries.ts';
import type { Attempt } from './attempt.ts';

/** An attempt that was refused: who tried what, and what it was about as far as that is known. */
export type RefusedAttempt = {
  attempt: Attempt;
  /** Null where nobody knows who it was, as with a token that there is not. */
  operator: { id: string; name: string; role: string | null } | null;
  requestId: string;
  accountId?: string | undefined;
  userId?: string | undefined;
  changeId?: string | undefined;
  batchId?: string | undefined;
  token?: { id: string; name: string } | null | undefined;
};

/** Counts an attempt in its minute; answers how many there have been. */
export async function countRefusal(trx: Executor, { operator, attempt }: RefusedAttempt): Promise<number> {
  const { rows } = await sql<{ refused: number }>`
    insert into refusal_counts (operator_id, operator_name, operator_role, attempt, minute, refused)
    values (${operator?.id ?? ''}, ${operator?.name ?? null}, ${operator?.role ?? null}, ${attempt},
            date_trunc('minute', clock_timestamp()), 1)
    on conflict (operator_id, attempt, minute) do update set refused = refusal_counts.refused + 1
    returning refused`.execute(trx);
  return rows[0]?.refused ?? 1;
}

type Person = Pick<NewFacts, 'userId' | 'userName' | 'userEmail'>;

/** The person it was about, also where only a change of theirs was named. */
export async function personOf(trx: Executor, { accountId, userId, changeId }: RefusedAttempt): Promise<Person> {
  if (accountId === undefined || (userId === undefined && changeId === undefined)) return { userId };
  const { rows } = await sql<Person>`
    select id as "userId", coalesce(name, email, id) as "userName", email as "userEmail" from users
    where account_id = ${accountId} and id = coalesce(${userId ?? null},
      (select user_id from changes where account_id = ${accountId} and id = ${changeId ?? null}::uuid))`.execute(trx);
  return rows[0] ?? { userId, userName: userId };
}

/** Takes the counts of the minutes that are over: each is answered to one caller only. */
export async function takeCounted(trx: Executor): Promise<Counted[]> {
  const { rows } = await sql<Counted>`
    delete from refusal_counts where minute < date_trunc('minute', clock_timestamp())
    returning operator_id as "operatorId", operator_name as "operatorName", operator_role as "operatorRole",
      attempt, to_char(minute at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as since, refused`.execute(trx);
  return rows;
}

type Counted = Pick<NewFacts, 'operatorName' | 'operatorRole' | 'attempt' | 'since'> & {
  operatorId: string;
  refused: number;
};
