import { sql } from 'kysely';
import { appendEntries, type NewFacts } from '../../audit/append-entries.ts';
import { momentText } from '../../audit/ledger-store.ts';
import { conflictFailure } from '../../changes/conflict-refusal-store.ts';
import type { Database, Executor } from '../../db/database.ts';
import { prepared } from '../../db/prepared.ts';
import { callingOff, planEndings, settleEnds } from '../../endings/store.ts';
import { tell } from '../../events/tell.ts';
import type { Failure } from '../../failures.ts';
import { sortLicense } from '../../users/derived.ts';
import { holdUsers } from '../../users/store.ts';
import { nameOf } from '../../users/user.ts';
import { type Batch, factsOfBatch, recordState } from '../store.ts';
import { type Chunk, endingChunks, usersOf } from './lease-store.ts';
import { pauseFailingBatch } from './pause-failing-batch.ts';

export type Picked = {
  position: number;
  user_id: string;
  from_license: string | null;
  to_license: string;
  reason: string | null;
  undoes: string | null;
  tries: number;
  is_there: boolean;
  current: string | null;
  audit_key_id: string | null;
};

/** What became of somebody. `seen`: the new license was read back. */
export type Ended =
  | { changeId: string; state: 'applied'; awsRequestId?: string | undefined; despite?: Failure | undefined }
  | { changeId: string; state: 'failed'; failure: Failure };

/** People of a chunk who have an outcome. */
export type Settling = { chunk: Chunk; ended: Ended[] };

/**
 * Settles people of chunks of one batch in one transaction: changes, mirror, list, numbers, audit, and what pages are told. What
 * somebody else has settled before is left alone.
 */
export async function settleChunks(db: Database, settling: Settling[]): Promise<void> {
  const [first] = settling;
  if (!first) return;
  const { accountId, batchId } = first.chunk;
  const chunks = settling.map(({ chunk }) => chunk);
  const chunkIds = chunks.map(({ id }) => id);
  const list = JSON.stringify(settling.flatMap(rowsOf));
  await db.transaction().execute(async (trx) => {
    await holdUsers(trx, accountId, chunks.flatMap(usersOf));
    const { rows } = await sql<NewFacts & SettledHere>`${prepared}
      with ended as (
        select * from jsonb_to_recordset(${list}::jsonb) as ended (
          id uuid, was text, sort text, state text, failure jsonb, aws text)
      ), settled as (
        update changes set state = ended.state, settled_at = clock_timestamp(), failure = ended.failure,
          aws_request_id = ended.aws
        from ended where changes.id = ended.id and changes.state = ended.was
        returning changes.*
      ), mirrored as (
        update users set license = to_license, sort_license = ended.sort, read_at = settled_at,
          changed_at = settled_at, changed_by = operator_name, changed_by_id = operator_id, cause = settled.id
        from settled join ended on ended.id = settled.id
        where settled.state = 'applied' and users.account_id = settled.account_id and users.id = settled.user_id
      ), made as (
        select * from settled where state = 'applied'
      ), called_off as (${callingOff(sql`made`)}), sent as materialized (
        select batch_id, position, change_id from batch_items where chunk_id = any(${chunkIds}::uuid[])
      ), listed as (
        update batch_items set state = case when settled.state = 'applied' then 'changed' else 'failed' end,
          failure = settled.failure, settled_at = settled.settled_at, chunk_id = null
        from settled join sent on sent.change_id = settled.id
        where batch_items.batch_id = sent.batch_id and batch_items.position = sent.position
        returning settled.*, batch_items.reason
      )
      select case when undoes is null then 'change' else 'undo' end as action, settled.state,
        case when settled.state = 'applied' then 'applied' else 'failed' end as outcome,
        case when settled.state = 'failed' then settled.failure->>'code' end as failure,
        settled.operator_id as "operatorId", settled.operator_name as "operatorName",
        settled.operator_role as "operatorRole", settled.request_id as "requestId",
        settled.aws_request_id as "awsRequestId", settled.account_id as "accountId", settled.user_id as "userId",
        coalesce(users.name, users.email, settled.user_id) as "userName", users.email as "userEmail",
        settled.from_license as "from",
        settled.to_license as "to", settled.id as "changeId", settled.batch_id as "batchId",
        coalesce(settled.reason, batches.reason) as why, undoes,
        ${momentText(sql`(select max(removed_end) from called_off where called_off.user_id = settled.user_id)`)} as "removedEnd"
      from listed settled join batches on batches.id = settled.batch_id
        left join users on users.account_id = settled.account_id and users.id = settled.user_id`.execute(trx);
    const changed = rows.filter(({ state }) => state === 'applied');
    const ends = await settleEnds(trx, changed);
    const settled = rows.map(({ userId }) => userId);
    if (settled.length > 0) await tell(trx, { kind: 'changed', accountId, userIds: settled });
    // From here on the transaction has hold of the batch, and others that settle people of it wait.
    const { batch, more } = await count(trx, batchId, changed.length, rows.length - changed.length, chunkIds);
    if (batch) await planTheirEnds(trx, batch, changed);
    await appendEntries(trx, [
      ...rows.map(({ state: _, ...facts }) => ({ ...facts, ...ends.get(facts.changeId) })),
      ...more,
    ]);
  });
}

/** What became of people, as their changes will have it. */
function rowsOf({ chunk, ended }: Settling) {
  const wanted = new Map(chunk.people.map(({ changeId, to }) => [changeId, to]));
  return ended.map((one) => ({
    id: one.changeId,
    was: 'pending', // a value, so that each change is found by its ID and not among all that are open
    sort: sortLicense(wanted.get(one.changeId) ?? null),
    state: one.state,
    failure: one.state === 'failed' ? one.failure : (one.despite ?? null),
    aws: one.state === 'applied' ? (one.awsRequestId ?? null) : (one.failure.chime?.requestId ?? null),
  }));
}

type SettledHere = {
  userId: string;
  changeId: string;
  state: string;
  undoes: string | null;
  removedEnd: string | null;
};

/** Where the batch gives temporary plans, each of them has its end. */
async function planTheirEnds(trx: Executor, batch: Batch, changed: (NewFacts & { userId: string })[]): Promise<void> {
  const { end_at: at, end_zone: zone } = batch;
  if (!at || !zone) return;
  const endings = changed.flatMap(({ userId, from, to }) =>
    from && to
      ? {
          accountId: batch.account_id,
          userId,
          license: to,
          backTo: from,
          at,
          zone,
          operatorId: batch.operator_id,
          operatorName: batch.operator_name,
          operatorRole: batch.operator_role,
          batchId: batch.id,
        }
      : [],
  );
  await planEndings(trx, endings);
}

/** Why a person is not as the preview knew them: changed since, which is a conflict that names who did it, or gone. */
export async function settleUnfit(trx: Executor, batch: Batch, unfit: Picked[]): Promise<void> {
  const failures: Unsent[] = [];
  for (const one of unfit) failures.push({ ...one, failure: await whyUnfit(trx, batch.account_id, one) });
  await settleUnsent(trx, batch, failures);
}

/** A person of a batch for which nothing was sent, and why. */
export type Unsent = Pick<Picked, 'position' | 'user_id' | 'from_license' | 'to_license' | 'reason' | 'undoes'> & {
  failure: Failure;
};

/** Settles people for which nothing was sent, in the caller's transaction, which has hold of them: list, numbers and audit. */
export async function settleUnsent(trx: Executor, batch: Batch, failures: Unsent[]): Promise<void> {
  const list = JSON.stringify(failures.map(({ position, failure }) => ({ position, failure })));
  await sql`
    update batch_items set state = 'failed', failure = unfit.failure, settled_at = clock_timestamp()
    from jsonb_to_recordset(${list}::jsonb) as unfit (position integer, failure jsonb)
    where batch_id = ${batch.id}::uuid and batch_items.position = unfit.position`.execute(trx);
  const { more } = await count(trx, batch.id, 0, failures.length);
  const facts = failures.map(
    ({ user_id, from_license, to_license, reason, undoes, failure }): NewFacts => ({
      action: undoes ? 'undo' : 'change',
      outcome: 'failed',
      failure: failure.code,
      requestId: batch.request_id,
      operatorId: batch.operator_id,
      operatorName: batch.operator_name,
      operatorRole: batch.operator_role,
      accountId: batch.account_id,
      userId: user_id,
      userName: user_id,
      from: from_license,
      to: to_license,
      why: reason ?? batch.reason,
      batchId: batch.id,
    }),
  );
  await appendEntries(trx, [...(await withNames(trx, batch.account_id, facts)), ...more]);
}

async function whyUnfit(trx: Executor, accountId: string, one: Picked): Promise<Failure> {
  if (!one.is_there) return { code: 'unknown-user', at: new Date().toISOString() };
  return conflictFailure(trx, { accountId, userId: one.user_id }, one.current);
}

async function withNames(trx: Executor, accountId: string, facts: NewFacts[]): Promise<NewFacts[]> {
  const rows = await trx
    .selectFrom('users')
    .select(['id', 'name', 'email'])
    .where('account_id', '=', accountId)
    .where(
      'id',
      'in',
      facts.flatMap(({ userId }) => userId ?? []),
    )
    .execute();
  const found = new Map(rows.map((user) => [user.id, { userName: nameOf(user), userEmail: user.email }]));
  return facts.map((one) => ({ ...one, ...found.get(one.userId ?? '') }));
}

const isPaceOld = sql`pace_at < clock_timestamp() - interval '20 seconds'`;

type Counted = { batch: Batch | undefined; more: NewFacts[] };

/**
 * Counts people who have an outcome now; `chunkIds`: the chunks that end here if they were their last. The batch ends with the last
 * of its own, and pauses where too many fail. Answers the batch, and what the audit has to say of that.
 */
async function count(
  trx: Executor,
  batchId: string,
  changed: number,
  failed: number,
  chunkIds: string[] = [],
): Promise<Counted> {
  const { rows } = await sql<Batch>`
    ${chunkIds.length > 0 ? sql`with ended as (${endingChunks(chunkIds)})` : sql``}
    update batches set changed = changed + ${changed}, failed = failed + ${failed}, served_at = clock_timestamp(),
      holds = case when ${changed} > 0 then 0 else holds end,
      held_for = case when ${changed} > 0 then null else held_for end,
      held_until = case when ${changed} > 0 then null else held_until end,
      pace_before_done = case when ${isPaceOld} then pace_done else pace_before_done end,
      pace_before_at = case when ${isPaceOld} then pace_at else pace_before_at end,
      pace_done = case when pace_at is null or ${isPaceOld} then changed + failed else pace_done end,
      pace_at = case when pace_at is null or ${isPaceOld} then clock_timestamp() else pace_at end
    where id = ${batchId}::uuid returning *`.execute(trx);
  const [batch] = rows;
  return { batch, more: batch ? await endOrPause(trx, batch) : [] };
}

async function endOrPause(trx: Executor, batch: Batch): Promise<NewFacts[]> {
  const isDone = batch.changed + batch.failed >= batch.total;
  if (!isDone || batch.state === 'done') return pauseFailingBatch(trx, batch);
  await recordState(trx, batch.id, 'done'); // a stop came too late if everybody has an outcome
  return [factsOfBatch(batch, 'batch-end')];
}
