import { type Selectable, sql } from 'kysely';
import type { Scope } from '../accounts/scope.ts';
import { withinScope } from '../accounts/store.ts';
import type { NewFacts } from '../audit/append-entries.ts';
import type { BatchAction } from '../audit/entry.ts';
import { firstHoldMs, longestHoldMs } from '../chime/call-policy.ts';
import type { Executor } from '../db/database.ts';
import type { BatchesTable } from '../db/tables/batches.ts';
import { callWorkers, tell } from '../events/tell.ts';
import type { FailureCode } from '../failures.ts';
import type { Run } from '../operators/batch-limits.ts';
import type { BatchState, StopCause, Submitter, Trait, WaitingInAccount } from './batch.ts';
import { isReady } from './run/freshness-store.ts';

/** In which column of a batch's people each trait stands. */
export const traitColumns = { device: 'is_device', invited: 'is_invited' } as const satisfies Record<Trait, string>;

const accountOfRow = sql.ref('batches.account_id');

/** A batch as its table has it. */
export type Batch = Selectable<BatchesTable>;

/** What the audit says of something done with a batch as a whole; by its submitter, unless told otherwise. */
export function factsOfBatch(batch: Batch, action: BatchAction): NewFacts {
  return {
    action,
    outcome: 'applied',
    requestId: batch.request_id,
    operatorId: batch.operator_id,
    operatorName: batch.operator_name,
    operatorRole: batch.operator_role,
    accountId: batch.account_id,
    to: batch.to_license,
    why: batch.reason,
    was: String(batch.total),
    became: `${batch.changed}/${batch.failed}`,
    batchId: batch.id,
    tokenId: batch.token_id,
    tokenName: batch.token_name,
  };
}

/** One batch of an account, or undefined. */
export async function findBatch(db: Executor, accountId: string, id: string): Promise<Batch | undefined> {
  return db
    .selectFrom('batches')
    .selectAll()
    .where('id', '=', id)
    .where('account_id', '=', accountId)
    .executeTakeFirst();
}

/** Which account a batch is of; undefined where there is no such batch. */
export async function accountOfBatch(db: Executor, id: string): Promise<string | undefined> {
  const batch = await db.selectFrom('batches').select('account_id').where('id', '=', id).executeTakeFirst();
  return batch?.account_id;
}

/** A batch as it is, held for the rest of the transaction. */
export async function holdBatch(trx: Executor, accountId: string, id: string): Promise<Batch | undefined> {
  return trx
    .selectFrom('batches')
    .selectAll()
    .where('id', '=', id)
    .where('account_id', '=', accountId)
    .forNoKeyUpdate()
    .executeTakeFirst();
}

/**
 * Batches of an account that somebody has submitted, and the caller's own previews of the last day if they are asked for;
 * newest first, those after the batch `before` where one is named.
 */
export async function listBatches(
  db: Executor,
  accountId: string,
  operatorId: string,
  { most, before, withPreviews }: { most: number; before: string | undefined; withPreviews: boolean },
): Promise<Batch[]> {
  const after =
    before === undefined
      ? sql``
      : sql`and (created_at, id) < (
          select created_at, id from batches where account_id = ${accountId} and id = ${before}::uuid)`;
  const { rows } = await sql<Batch>`
    select * from batches
    where account_id = ${accountId} and (submitted_at is not null or (${withPreviews} and ${isPreviewOf(operatorId)}))
      ${after}
    order by created_at desc, id desc limit ${most}`.execute(db);
  return rows;
}

const isPreviewOf = (operatorId: string) => sql`
  state = 'draft' and operator_id = ${operatorId} and created_at > clock_timestamp() - interval '1 day'`;

/** How many previews of the last day an operator has in an account. */
export async function countPreviews(db: Executor, accountId: string, operatorId: string): Promise<number> {
  const { rows } = await sql<{ previews: string }>`
    select count(*) as previews from batches where account_id = ${accountId} and ${isPreviewOf(operatorId)}`.execute(
    db,
  );
  return Number(rows[0]?.previews ?? 0);
}

/** Batches of an account that wait for the approval of anybody but who asked, the oldest first. */
export async function listWaiting(db: Executor, accountId: string, approverId: string): Promise<Batch[]> {
  const { rows } = await sql<Batch>`
    select * from batches where account_id = ${accountId} and ${isWaitingFor(approverId)}
    order by submitted_at, id`.execute(db);
  return rows;
}

/** How many there are. */
export async function countWaiting(db: Executor, accountId: string, approverId: string): Promise<number> {
  const { rows } = await sql<{ batches: string }>`
    select count(*) as batches from batches where account_id = ${accountId} and ${isWaitingFor(approverId)}`.execute(
    db,
  );
  return Number(rows[0]?.batches ?? 0);
}

/** In which accounts of a scope any wait for that approval, and how many; by the name of the account. */
export async function countWaitingByAccount(
  db: Executor,
  scope: Scope,
  approverId: string,
): Promise<WaitingInAccount[]> {
  const { rows } = await sql<WaitingInAccount>`
    select accounts.id as "accountId", accounts.name as "accountName", count(*)::integer as batches,
      case when count(*) = 1 then min(batches.id::text) end as only
    from batches join accounts on accounts.id = batches.account_id
    where ${withinScope(scope, accountOfRow)} and ${isWaitingFor(approverId)}
    group by accounts.id order by accounts.name, accounts.id`.execute(db);
  return rows;
}

const isWaitingFor = (approverId: string) => sql`batches.state = 'waiting' and batches.operator_id <> ${approverId}`;

/** Lets nobody else submit as this operator until the transaction ends: what counts together is counted one after the other. */
export async function holdSubmitter(trx: Executor, operatorId: string): Promise<void> {
  await sql`select from operators where id = ${operatorId} for no key update`.execute(trx);
}

/**
 * Batches of an operator that count in a day: those that have run within the last 24 hours, run, or will. One that waits for a second
 * admin does not; of one that was stopped, those count who had been sent. `except`: a batch that is left out.
 */
export async function findRuns(db: Executor, operatorId: string, except: string | null = null): Promise<Run[]> {
  const { rows } = await sql<Run>`
    select coalesce(started_at, greatest(start_at, clock_timestamp())) as at,
      case when state = 'stopped' then changed + failed else total end as people
    from batches
    where operator_id = ${operatorId} and id is distinct from ${except}::uuid
      and state in ('scheduled', 'starting', 'running', 'paused', 'stopped', 'done')
      and coalesce(started_at, clock_timestamp()) > clock_timestamp() - interval '24 hours'`.execute(db);
  return rows;
}

/** Submits a batch as its submitter is now; an approval that it had was for another submission. */
export async function recordSubmission(
  trx: Executor,
  id: string,
  by: Submitter,
  next: { state: 'waiting' | 'scheduled' | 'starting'; startAt: Date | null },
): Promise<void> {
  await sql`
    update batches set state = ${next.state}, submitted_at = clock_timestamp(), start_at = ${next.startAt},
      request_id = ${by.requestId}::uuid, operator_role = ${by.operatorRole}, operator_groups = ${by.groups},
      token_id = ${by.token?.id ?? null}::uuid, token_name = ${by.token?.name ?? null}, approver_id = null,
      approver_name = null
    where id = ${id}::uuid`.execute(trx);
  await callWorkers(trx);
}

/** Notes who approved a batch, and lets it go on. */
export async function recordApproval(
  trx: Executor,
  id: string,
  by: Submitter,
  state: 'scheduled' | 'starting',
): Promise<void> {
  await sql`
    update batches set state = ${state}, approver_id = ${by.operatorId}, approver_name = ${by.operatorName}
    where id = ${id}::uuid`.execute(trx);
  await callWorkers(trx);
}

/** Moves a batch to another state; one that is over has an end. `by`: the operator who wanted it so. */
export async function recordState(
  trx: Executor,
  id: string,
  state: BatchState,
  cause: StopCause | null = null,
  by: Pick<Submitter, 'operatorId' | 'operatorName'> | null = null,
): Promise<void> {
  await sql`
    update batches set state = ${state}, stop_cause = ${cause}, held_until = null, held_for = null, holds = 0,
      ended_at = case when ${state}::text in ('stopped', 'done', 'discarded') then clock_timestamp() end,
      pace_at = null, pace_before_at = null, steered_by_id = ${by?.operatorId ?? null},
      steered_by_name = ${by?.operatorName ?? null}
    where id = ${id}::uuid`.execute(trx);
  if (state === 'running' || state === 'starting') await callWorkers(trx);
}

/** What was read of people for a batch does not count any more: they are read again. */
export async function forgetReading(trx: Executor, id: string): Promise<void> {
  await sql`update batches set fresh_since = null where id = ${id}::uuid`.execute(trx);
}

/** Takes the failures so far as accepted: only new ones stop the batch again. */
export async function acceptFailures(trx: Executor, id: string): Promise<void> {
  await sql`update batches set allowed_failed = failed, allowed_changed = changed where id = ${id}::uuid`.execute(trx);
}

/** Batches outside a scope that would go on by themselves. */
export async function listOutside(db: Executor, scope: Scope): Promise<Batch[]> {
  if (scope === 'all') return [];
  const { rows } = await sql<Batch>`
    select * from batches where state in ('scheduled', 'starting', 'running') and not ${withinScope(scope, accountOfRow)}`.execute(
    db,
  );
  return rows;
}

/** True as SQL where any batch begins, runs, or has a call that nobody carries any more. */
export const anyBatchIsDue = sql`(exists (
    select from batches where state = 'starting' or (state = 'scheduled' and start_at <= clock_timestamp())
      or (state = 'running' and coalesce(held_until, '-infinity') <= clock_timestamp()))
  or exists (select from batch_chunks where lease_until < clock_timestamp()))`;

/** Scheduled batches whose time has come begin. */
export async function startScheduled(db: Executor): Promise<void> {
  const { rows } = await sql<{ account_id: string }>`
    update batches set state = 'starting' where state = 'scheduled' and start_at <= clock_timestamp()
    returning account_id`.execute(db);
  for (const { account_id: accountId } of rows) await tell(db, { kind: 'changed', accountId, userIds: null });
}

/** The batch that was served longest ago among those in a scope with people who can be sent; undefined when there is none. */
export async function nextBatch(db: Executor, scope: Scope): Promise<Batch | undefined> {
  const { rows } = await sql<Batch>`
    select * from batches
    where state = 'running' and coalesce(held_until, '-infinity') <= clock_timestamp()
      and ${withinScope(scope, accountOfRow)} and ${isReady}
    order by served_at nulls first limit 1`.execute(db);
  return rows[0];
}

/** Chime does not answer as it should: nothing is sent for a while, longer each time. Answers the milliseconds. */
export async function hold(db: Executor, id: string, code: FailureCode): Promise<number> {
  const { rows } = await sql<{ ms: number }>`
    update batches set holds = holds + 1, held_for = ${code},
      held_until = clock_timestamp() + least(${longestHoldMs}, ${firstHoldMs} * 2 ^ least(holds, 10)) * interval '1 millisecond'
    where id = ${id}::uuid and coalesce(held_until, '-infinity') <= clock_timestamp()
    returning least(${longestHoldMs}, ${firstHoldMs} * 2 ^ least(holds - 1, 10))::float8 as ms`.execute(db);
  return rows[0]?.ms ?? firstHoldMs;
}

/** Who submitted a batch, as their rights go by; undefined where they are disabled. */
export async function findSubmitter(db: Executor, operatorId: string) {
  return db
    .selectFrom('operators')
    .select(['id', 'name', 'issuer', 'role', 'groups_claim as groupsClaim'])
    .where('id', '=', operatorId)
    .where('disabled_at', 'is', null)
    .executeTakeFirst();
}
