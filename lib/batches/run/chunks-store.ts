import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Scope } from '../../accounts/scope.ts';
import { withinScope } from '../../accounts/store.ts';
import { refuseWrongKey } from '../../audit/append-entries.ts';
import { auditKeys } from '../../audit/keys.ts';
import { endKeyId } from '../../audit/ledger-store.ts';
import { lateMs } from '../../chime/call-policy.ts';
import { maxTogether } from '../../chime/chime.ts';
import type { Database, Executor } from '../../db/database.ts';
import { prepared } from '../../db/prepared.ts';
import { tell } from '../../events/tell.ts';
import { isLicense } from '../../licenses/license.ts';
import { holdUsers } from '../../users/store.ts';
import type { Batch } from '../store.ts';
import { freshnessOfBatch, isFresh } from './freshness-store.ts';
import { type Chunk, endingChunks, leaseEnd, type Sent, usersOf } from './lease-store.ts';
import { type Picked, settleUnfit } from './settle-chunks-store.ts';

/**
 * Takes the next people of a running batch who have been read since it began, writes down what is intended, and gives them to
 * the caller. Who is not as the preview knew them is settled as a conflict, and nothing is sent for them; who is being changed by
 * somebody else waits. Undefined when nobody is left to be sent just now, or too few while others are still being read.
 */
export async function takeChunk(db: Database, batch: Batch): Promise<Chunk | undefined> {
  return db.transaction().execute(async (trx) => {
    const { isWholeListed, isAnyStale } = await freshnessOfBatch(trx, batch.id);
    const { rows: picked } = await sql<Picked>`${prepared}
      select items.position, items.user_id, items.from_license, items.to_license, items.reason, items.undoes, items.tries,
        users.id is not null as is_there, users.license as current, ${endKeyId} as audit_key_id
      from (
        select items.* from batch_items items join batches on batches.id = items.batch_id
        where batch_id = ${batch.id}::uuid and ${isWholeListed ? sql`items.state = 'waiting'` : isFresh}
          and coalesce(not_before, '-infinity') <= clock_timestamp() and batches.state = 'running'
        order by position limit ${maxTogether} for update of items skip locked
      ) items left join users on users.account_id = ${batch.account_id} and users.id = items.user_id
      order by items.position`.execute(trx);
    const [first] = picked;
    if (!first || (isAnyStale && picked.length < maxTogether)) return undefined;
    refuseWrongKey(first.audit_key_id, auditKeys()); // what could not be audited is not begun
    const fits = picked.filter((one) => one.is_there && one.current === one.from_license && isLicense(one.to_license));
    const chunk = { id: randomUUID(), batchId: batch.id, accountId: batch.account_id, lateUntil: 0 };
    const people = await writeIntents(trx, batch, chunk, fits);
    const others = picked.filter((one) => !fits.includes(one));
    if (others.length > 0) await settleUnfit(trx, batch, others);
    const touched = [...people.map(({ userId }) => userId), ...others.map(({ user_id }) => user_id)];
    if (touched.length > 0) await tell(trx, { kind: 'changed', accountId: batch.account_id, userIds: touched });
    return { ...chunk, people };
  });
}

async function writeIntents(
  trx: Executor,
  batch: Batch,
  chunk: Omit<Chunk, 'people'>,
  fits: Picked[],
): Promise<Sent[]> {
  const wanted = fits.flatMap(({ position, user_id, from_license: from, to_license: to, undoes, tries }) =>
    isLicense(to) ? [{ changeId: randomUUID(), position, userId: user_id, from, to, undoes, tries: tries + 1 }] : [],
  );
  if (wanted.length === 0) return [];
  // In one order, as chunks of another batch may hold places of the same people in the index of open changes.
  const list = JSON.stringify(wanted.toSorted((one, other) => (one.userId < other.userId ? -1 : 1)));
  const intents = sql`jsonb_to_recordset(${list}::jsonb) as intent (
    "changeId" uuid, position integer, "userId" text, "from" text, "to" text, undoes uuid, tries integer)`;
  const { rows: begun } = await sql<{ id: string }>`${prepared}
    insert into changes (id, request_id, account_id, user_id, operator_id, operator_name, operator_role, from_license,
                         to_license, undoes, state, tries, sent_at, lease_until, batch_id)
    select "changeId", ${batch.request_id}::uuid, ${batch.account_id}, "userId", ${batch.operator_id},
      ${batch.operator_name}, ${batch.operator_role}, "from", "to", undoes, 'pending', tries, clock_timestamp(),
      clock_timestamp(), ${batch.id}::uuid
    from ${intents}
    on conflict (account_id, user_id) where state in ('pending', 'unknown') do nothing
    returning id`.execute(trx);
  // A change that was being settled just now has made room for ours, and given the person another license: not ours then.
  const { rows } = await sql<{ change_id: string | null }>`${prepared}
    with overtaken as (
      delete from changes using ${intents} cross join lateral (
        select license from users where account_id = ${batch.account_id} and users.id = intent."userId" offset 0
      ) users
      where changes.id = intent."changeId" and users.license is distinct from intent."from"
      returning changes.id
    ), kept as (
      select id from unnest(${begun.map(({ id }) => id)}::uuid[]) as begun (id) where id not in (select id from overtaken)
    ), chunk as (
      insert into batch_chunks (id, batch_id, lease_until)
      select ${chunk.id}::uuid, ${batch.id}::uuid, ${leaseEnd} where exists (select from kept)
    ), sent as materialized (
      select ${batch.id}::uuid as batch_id, position, kept.id, tries from ${intents} left join kept on kept.id = "changeId"
    )
    update batch_items set
      state = case when sent.id is null then 'waiting' else 'sent' end, change_id = sent.id,
      chunk_id = case when sent.id is not null then ${chunk.id}::uuid end,
      tries = case when sent.id is null then batch_items.tries else sent.tries end,
      not_before = case when sent.id is null then clock_timestamp() + interval '2 seconds' end
    from sent
    where batch_items.batch_id = sent.batch_id and batch_items.position = sent.position
    returning change_id`.execute(trx);
  const written = new Set(rows.map(({ change_id }) => change_id));
  return wanted.filter(({ changeId }) => written.has(changeId));
}

/** Takes over the chunk, of a batch in a scope, of a worker that has gone silent: what became of its people has to be found out. */
export async function takeSilentChunk(db: Executor, scope: Scope): Promise<Chunk | undefined> {
  const { rows } = await sql<{ id: string; batch_id: string; account_id: string }>`
    with silent as (
      select batch_chunks.id from batch_chunks join batches on batches.id = batch_id
      where lease_until < clock_timestamp() and ${withinScope(scope, sql.ref('account_id'))}
      order by lease_until limit 1 for update of batch_chunks skip locked
    )
    update batch_chunks set lease_until = ${leaseEnd} from silent, batches
    where batch_chunks.id = silent.id and batches.id = batch_chunks.batch_id
    returning batch_chunks.id, batch_chunks.batch_id, batches.account_id`.execute(db);
  const [row] = rows;
  if (!row) return undefined;
  const { rows: people } = await sql<Sent & { late: number }>`
    select changes.id as "changeId", changes.user_id as "userId", changes.from_license as "from",
      changes.to_license as "to", changes.tries,
      (extract(epoch from changes.sent_at - clock_timestamp()) * 1000)::float8 + ${lateMs} as late
    from batch_items join changes on changes.id = batch_items.change_id
    where chunk_id = ${row.id}::uuid and changes.state = 'pending'`.execute(db);
  if (people.length === 0) await endingChunks([row.id]).execute(db);
  const late = Math.max(0, ...people.map((one) => one.late));
  return {
    id: row.id,
    batchId: row.batch_id,
    accountId: row.account_id,
    people: people.map(({ late: _, ...one }) => one),
    lateUntil: late > 0 ? Date.now() + late : 0,
  };
}

/**
 * Takes back what was intended and has certainly not been done: these people wait again, from `waitMs` on, and anybody may
 * change them meanwhile.
 */
export async function releaseChunk(db: Database, chunk: Chunk, changeIds: string[], waitMs: number): Promise<void> {
  if (changeIds.length === 0) return;
  await db.transaction().execute(async (trx) => {
    await holdUsers(trx, chunk.accountId, usersOf(chunk));
    await sql`
      update batch_items set state = 'waiting', change_id = null, chunk_id = null,
        not_before = clock_timestamp() + ${waitMs} * interval '1 millisecond'
      where chunk_id = ${chunk.id}::uuid and change_id = any(${changeIds}::uuid[])`.execute(trx);
    await sql`
      delete from changes where id = any(${changeIds}::uuid[]) and batch_id = ${chunk.batchId}::uuid
        and state = 'pending'`.execute(trx);
    await endingChunks([chunk.id]).execute(trx);
    const released = chunk.people.filter(({ changeId }) => changeIds.includes(changeId)).map(({ userId }) => userId);
    await tell(trx, { kind: 'changed', accountId: chunk.accountId, userIds: released });
  });
}

/** Notes that these people are sent again, with the same intents. */
export async function recordResent(db: Executor, changeIds: string[]): Promise<void> {
  await sql`
    update changes set sent_at = clock_timestamp(), tries = tries + 1 where id = any(${changeIds}::uuid[])`.execute(db);
}
