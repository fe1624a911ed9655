import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Database, Executor } from '../db/database.ts';
import type { Refusal } from '../failures.ts';
import { appendEntries, type NewFacts } from './append-entries.ts';
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

/** Refusals of one operator, of one kind of attempt and within one minute that are entries of their own. */
export const maxInFull = 20;

/** Letters of a reason that are kept: Chime's own words may be of any length. */
const longestReason = 500;

/**
 * Adds the entry of an attempt that was refused. Of many in a minute by one operator the first are written in full, the others
 * are counted: `tellCounted` adds how many they were.
 */
export async function recordRefusal(
  db: Database,
  refused: RefusedAttempt,
  refusal: Pick<Refusal, 'code' | 'message'>,
): Promise<void> {
  const { attempt, operator, requestId, accountId, batchId, changeId, token } = refused;
  await db.transaction().execute(async (step) => {
    if ((await count(step, refused)) > maxInFull) return;
    const person = await personOf(step, refused);
    await appendEntries(step, [
      {
        action: 'denied',
        outcome: 'failed',
        failure: refusal.code,
        refusal: refusal.message.slice(0, longestReason),
        attempt,
        operatorId: operator?.id,
        operatorName: operator?.name,
        operatorRole: operator?.role,
        requestId,
        accountId,
        batchId,
        changeId,
        ...person,
        tokenId: token?.id,
        tokenName: token?.name,
      },
    ]);
  });
}

/** Counts an attempt in its minute; answers how many there have been. */
async function count(step: Executor, { operator, attempt }: RefusedAttempt): Promise<number> {
  const { rows } = await sql<{ refused: number }>`
    insert into refusal_counts (operator_id, operator_name, operator_role, attempt, minute, refused)
    values (${operator?.id ?? ''}, ${operator?.name ?? null}, ${operator?.role ?? null}, ${attempt},
            date_trunc('minute', clock_timestamp()), 1)
    on conflict (operator_id, attempt, minute) do update set refused = refusal_counts.refused + 1
    returning refused`.execute(step);
  return rows[0]?.refused ?? 1;
}

type Person = Pick<NewFacts, 'userId' | 'userName' | 'userEmail'>;

/** The person it was about, also where only a change of theirs was named. */
async function personOf(step: Executor, { accountId, userId, changeId }: RefusedAttempt): Promise<Person> {
  if (accountId === undefined || (userId === undefined && changeId === undefined)) return { userId };
  const { rows } = await sql<Person>`
    select id as "userId", coalesce(name, email, id) as "userName", email as "userEmail" from users
    where account_id = ${accountId} and id = coalesce(${userId ?? null},
      (select user_id from changes where account_id = ${accountId} and id = ${changeId ?? null}::uuid))`.execute(step);
  return rows[0] ?? { userId, userName: userId };
}

/** Adds one entry for each operator and kind of attempt of the minutes that are over, of which not all are entries. */
export async function tellCounted(db: Database): Promise<void> {
  await db.transaction().execute(async (step) => {
    const { rows } = await sql<Counted>`
      delete from refusal_counts where minute < date_trunc('minute', clock_timestamp())
      returning operator_id as "operatorId", operator_name as "operatorName", operator_role as "operatorRole",
        attempt, to_char(minute at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as since, refused`.execute(step);
    await appendEntries(
      step,
      rows
        .filter(({ refused }) => refused > maxInFull)
        .map(({ refused, operatorId, ...facts }) => ({
          ...facts,
          operatorId: operatorId || null,
          action: 'denied',
          outcome: 'failed',
          requestId: randomUUID(),
          count: String(refused - maxInFull),
        })),
    );
  });
}

type Counted = Pick<NewFacts, 'operatorName' | 'operatorRole' | 'attempt' | 'since'> & {
  operatorId: string;
  refused: number;
};
