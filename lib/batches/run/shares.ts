import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Scope } from '../../accounts/scope.ts';
import { withinScope } from '../../accounts/store.ts';
import { appendEntries, type NewFacts, refuseWrongKey } from '../../audit/append-entries.ts';
import { auditKeys } from '../../audit/keys.ts';
import { endKeyId, momentText } from '../../audit/ledger-store.ts';
import { conflictFailure } from '../../changes/conflict-store.ts';
import { lateMs } from '../../chime/call-policy.ts';
import { maxTogether } from '../../chime/chime.ts';
import type { Database, Executor } from '../../db/database.ts';
import { callingOff, planEnding, settleEnds } from '../../endings/store.ts';
import { tell } from '../../events/tell.ts';
import type { Failure } from '../../failures.ts';
import { isLicense, type License } from '../../licenses/license.ts';
import { sortLicense } from '../../users/derived.ts';
import { holdUsers } from '../../users/store.ts';
import { nameOf } from '../../users/user.ts';
import { type Batch, factsOfBatch, recordState } from '../store.ts';
import { hasTooManyFailures } from './failure-rate.ts';

/** Up to 20 people whose intents are written down, in the hands of one worker. */
export type Share = { id: string; batchId: string; accountId: string; people: Sent[]; lateUntil: number };

/** Somebody who is being changed; `tries` counts the calls they were part of. */
export type Sent = { changeId: string; userId: string; from: string | null; to: License; tries: number };

/** How long a worker that says nothing keeps its people. */
const leaseSeconds = 6;

type Picked = {
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

/**
 * Takes the next people of a running batch, writes down what is intended, and gives them to the caller. Who is not as the
 * preview knew them is settled as a conflict, and nothing is sent for them; who is being changed by somebody else waits.
 * Undefined when nobody is left to be sent just now.
 */
export async function takeShare(db: Database, batch: Batch): Promise<Share | undefined> {
  return db.transaction().execute(async (step) => {
    const { rows: picked } = await sql<Picked>`
      select items.position, items.user_id, items.from_license, items.to_license, items.reason, items.undoes, items.tries,
        users.id is not null as is_there, users.license as current, ${endKeyId} as audit_key_id
      from (
        select * from batch_items
        where batch_id = ${batch.id}::uuid and state = 'waiting' and coalesce(not_before, '-infinity') <= clock_timestamp()
          and exists (select from batches where id = ${batch.id}::uuid and state = 'running')
        order by position limit ${maxTogether} for update skip locked
      ) items left join users on users.account_id = ${batch.account_id} and users.id = items.user_id
      order by items.position`.execute(step);
    const [first] = picked;
    if (!first) return undefined;
    refuseWrongKey(first.audit_key_id, auditKeys()); // what could not be audited is not begun
    const fits = picked.filter((one) => one.is_there && one.current === one.from_license && isLicense(one.to_license));
    const share = { id: randomUUID(), batchId: batch.id, accountId: batch.account_id, lateUntil: 0 };
    const people = await writeIntents(step, batch, share, fits);
    const others = picked.filter((one) => !fits.includes(one));
    if (others.length > 0) await settleUnfit(step, batch, others);
    const touched = [...people.map(({ userId }) => userId), ...others.map(({ user_id }) => user_id)];
    if (touched.length > 0) await tell(step, { kind: 'changed', accountId: batch.account_id, userIds: touched });
    return { ...share, people };
  });
}

async function writeIntents(
  step: Executor,
  batch: Batch,
  share: Omit<Share, 'people'>,
  fits: Picked[],
): Promise<Sent[]> {
  const wanted = fits.flatMap(({ position, user_id, from_license: from, to_license: to, undoes, tries }) =>
    isLicense(to) ? [{ changeId: randomUUID(), position, userId: user_id, from, to, undoes, tries: tries + 1 }] : [],
  );
  if (wanted.length === 0) return [];
  // In one order, as shares of another batch may hold places of the same people in the index of open changes.
  const list = JSON.stringify(wanted.toSorted((one, other) => (one.userId < other.userId ? -1 : 1)));
  const intents = sql`jsonb_to_recordset(${list}::jsonb) as intent (
    "changeId" uuid, position integer, "userId" text, "from" text, "to" text, undoes uuid, tries integer)`;
  await sql`
    insert into changes (id, request_id, account_id, user_id, operator_id, operator_name, operator_role, from_license,
                         to_license, undoes, state, tries, sent_at, lease_until, batch_id)
    select "changeId", ${batch.request_id}::uuid, ${batch.account_id}, "userId", ${batch.operator_id},
      ${batch.operator_name}, ${batch.operator_role}, "from", "to", undoes, 'pending', tries, clock_timestamp(),
      clock_timestamp(), ${batch.id}::uuid
    from ${intents}
    on conflict (account_id, user_id) where state in ('pending', 'unknown') do nothing`.execute(step);
  // A change that was being settled just now has made room for ours, and given the person another license: not ours then.
  const { rows } = await sql<{ change_id: string | null }>`
    with overtaken as (
      delete from changes using ${intents}, users
      where changes.id = intent."changeId" and users.account_id = ${batch.account_id} and users.id = intent."userId"
        and users.license is distinct from intent."from"
      returning changes.id
    ), kept as (
      select changes.id from ${intents} join changes on changes.id = intent."changeId"
      where changes.id not in (select id from overtaken)
    ), begun as (
      insert into batch_shares (id, batch_id, lease_until)
      select ${share.id}::uuid, ${batch.id}::uuid, ${leaseEnd} where exists (select from kept)
    )
    update batch_items set
      state = case when kept.id is null then 'waiting' else 'sent' end, change_id = kept.id,
      share_id = case when kept.id is not null then ${share.id}::uuid end,
      tries = case when kept.id is null then batch_items.tries else intent.tries end,
      not_before = case when kept.id is null then clock_timestamp() + interval '2 seconds' end
    from ${intents} left join kept on kept.id = intent."changeId"
    where batch_items.batch_id = ${batch.id}::uuid and batch_items.position = intent.position
    returning change_id`.execute(step);
  const written = new Set(rows.map(({ change_id }) => change_id));
  return wanted.filter(({ changeId }) => written.has(changeId));
}

const leaseEnd = sql`clock_timestamp() + ${sql.lit(leaseSeconds)} * interval '1 second'`;

/** Keeps the caller's shares from being taken over. */
export async function renewLease(db: Executor, shareId: string): Promise<void> {
  await sql`update batch_shares set lease_until = ${leaseEnd} where id = ${shareId}::uuid`.execute(db);
}

/** Takes over the share, of a batch in a scope, of a worker that has gone silent: what became of its people has to be found out. */
export async function takeSilentShare(db: Executor, scope: Scope): Promise<Share | undefined> {
  const { rows } = await sql<{ id: string; batch_id: string; account_id: string }>`
    with silent as (
      select batch_shares.id from batch_shares join batches on batches.id = batch_id
      where lease_until < clock_timestamp() and ${withinScope(scope, sql.ref('account_id'))}
      order by lease_until limit 1 for update of batch_shares skip locked
    )
    update batch_shares set lease_until = ${leaseEnd} from silent, batches
    where batch_shares.id = silent.id and batches.id = batch_shares.batch_id
    returning batch_shares.id, batch_shares.batch_id, batches.account_id`.execute(db);
  const [row] = rows;
  if (!row) return undefined;
  const { rows: people } = await sql<Sent & { late: number }>`
    select changes.id as "changeId", changes.user_id as "userId", changes.from_license as "from",
      changes.to_license as "to", changes.tries,
      (extract(epoch from changes.sent_at - clock_timestamp()) * 1000)::float8 + ${lateMs} as late
    from batch_items join changes on changes.id = batch_items.change_id
    where share_id = ${row.id}::uuid and changes.state = 'pending'`.execute(db);
  if (people.length === 0) await endingShare(row.id).execute(db);
  const late = Math.max(0, ...people.map((one) => one.late));
  return {
    id: row.id,
    batchId: row.batch_id,
    accountId: row.account_id,
    people: people.map(({ late: _, ...one }) => one),
    lateUntil: late > 0 ? Date.now() + late : 0,
  };
}

/** Ends a share in which nobody is left. */
const endingShare = (shareId: string) => sql`
  delete from batch_shares where id = ${shareId}::uuid
    and not exists (select from batch_items where share_id = ${shareId}::uuid)`;

const usersOf = (share: Share) => share.people.map(({ userId }) => userId);

/** What became of somebody. `seen`: the new license was read back. */
export type Ended =
  | { changeId: string; state: 'applied'; awsRequestId?: string | undefined; despite?: Failure | undefined }
  | { changeId: string; state: 'failed'; failure: Failure };

/**
 * Settles people of a share in one step: changes, mirror, list, numbers, audit, and what pages are told. What somebody else
 * has settled before is left alone.
 */
export async function settleShare(db: Database, share: Share, ended: Ended[]): Promise<void> {
  if (ended.length === 0) return;
  const wanted = new Map(share.people.map(({ changeId, to }) => [changeId, to]));
  const list = ended.map((one) => ({
    id: one.changeId,
    sort: sortLicense(wanted.get(one.changeId) ?? null),
    state: one.state,
    failure: one.state === 'failed' ? one.failure : (one.despite ?? null),
    aws: one.state === 'applied' ? (one.awsRequestId ?? null) : (one.failure.chime?.requestId ?? null),
  }));
  await db.transaction().execute(async (step) => {
    await holdUsers(step, share.accountId, usersOf(share));
    const { rows } = await sql<NewFacts & SettledHere>`
      with ended as (
        select * from jsonb_to_recordset(${JSON.stringify(list)}::jsonb) as ended (
          id uuid, sort text, state text, failure jsonb, aws text)
      ), settled as (
        update changes set state = ended.state, settled_at = clock_timestamp(), failure = ended.failure,
          aws_request_id = ended.aws
        from ended where changes.id = ended.id and changes.state = 'pending'
        returning changes.*
      ), mirrored as (
        update users set license = to_license, sort_license = ended.sort, read_at = settled_at,
          changed_at = settled_at, changed_by = operator_name, changed_by_id = operator_id, cause = settled.id
        from settled join ended on ended.id = settled.id
        where settled.state = 'applied' and users.account_id = settled.account_id and users.id = settled.user_id
      ), made as (
        select * from settled where state = 'applied'
      ), called_off as (${callingOff(sql`made`)}), listed as (
        update batch_items set state = case when settled.state = 'applied' then 'changed' else 'failed' end,
          failure = settled.failure, settled_at = settled.settled_at, share_id = null
        from settled where share_id = ${share.id}::uuid and batch_items.change_id = settled.id
        returning settled.id, batch_items.reason
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
        coalesce(listed.reason, batches.reason) as why, undoes,
        ${momentText(sql`(select max(removed_end) from called_off where called_off.user_id = settled.user_id)`)} as "removedEnd"
      from settled join listed on listed.id = settled.id join batches on batches.id = settled.batch_id
        left join users on users.account_id = settled.account_id and users.id = settled.user_id`.execute(step);
    const changed = rows.filter(({ state }) => state === 'applied');
    const ends = await settleEnds(step, changed);
    const { batch, more } = await count(step, share.batchId, changed.length, rows.length - changed.length, share.id);
    if (batch) await planEndings(step, batch, changed);
    const settled = rows.map(({ userId }) => userId);
    if (settled.length > 0) await tell(step, { kind: 'changed', accountId: share.accountId, userIds: settled });
    await appendEntries(step, [
      ...rows.map(({ state: _, ...facts }) => ({ ...facts, ...ends.get(facts.changeId) })),
      ...more,
    ]);
  });
}

type SettledHere = {
  userId: string;
  changeId: string;
  state: string;
  undoes: string | null;
  removedEnd: string | null;
};

/** Where the batch gives plans for a time, each of them has its end. */
async function planEndings(step: Executor, batch: Batch, changed: (NewFacts & { userId: string })[]): Promise<void> {
  if (!batch.end_at || !batch.end_zone) return;
  for (const { userId, from, to } of changed) {
    if (!from || !to) continue;
    await planEnding(step, {
      accountId: batch.account_id,
      userId,
      license: to,
      backTo: from,
      at: batch.end_at,
      zone: batch.end_zone,
      operatorId: batch.operator_id,
      operatorName: batch.operator_name,
      operatorRole: batch.operator_role,
      batchId: batch.id,
    });
  }
}

/** Why a person is not as the preview knew them: changed since, which is a conflict that names who did it, or gone. */
async function settleUnfit(step: Executor, batch: Batch, unfit: Picked[]): Promise<void> {
  const failures: (Picked & { failure: Failure })[] = [];
  for (const one of unfit) failures.push({ ...one, failure: await whyUnfit(step, batch.account_id, one) });
  const list = JSON.stringify(failures.map(({ position, failure }) => ({ position, failure })));
  await sql`
    update batch_items set state = 'failed', failure = unfit.failure, settled_at = clock_timestamp()
    from jsonb_to_recordset(${list}::jsonb) as unfit (position integer, failure jsonb)
    where batch_id = ${batch.id}::uuid and batch_items.position = unfit.position`.execute(step);
  const { more } = await count(step, batch.id, 0, unfit.length);
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
  await appendEntries(step, [...(await withNames(step, batch.account_id, facts)), ...more]);
}

async function whyUnfit(step: Executor, accountId: string, one: Picked): Promise<Failure> {
  if (!one.is_there) return { code: 'unknown-user', at: new Date().toISOString() };
  return conflictFailure(step, { accountId, userId: one.user_id }, one.current);
}

async function withNames(step: Executor, accountId: string, facts: NewFacts[]): Promise<NewFacts[]> {
  const rows = await step
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
 * Counts people who have an outcome now; `shareId`: whose share ends here if they were its last. The batch ends with the last
 * of its own, and pauses by itself where too many fail. Answers the batch, and what the audit has to say of that.
 */
async function count(
  step: Executor,
  batchId: string,
  changed: number,
  failed: number,
  shareId?: string,
): Promise<Counted> {
  const { rows } = await sql<Batch>`
    ${shareId ? sql`with ended as (${endingShare(shareId)})` : sql``}
    update batches set changed = changed + ${changed}, failed = failed + ${failed}, served_at = clock_timestamp(),
      holds = case when ${changed} > 0 then 0 else holds end,
      held_for = case when ${changed} > 0 then null else held_for end,
      held_until = case when ${changed} > 0 then null else held_until end,
      pace_before_done = case when ${isPaceOld} then pace_done else pace_before_done end,
      pace_before_at = case when ${isPaceOld} then pace_at else pace_before_at end,
      pace_done = case when pace_at is null or ${isPaceOld} then changed + failed else pace_done end,
      pace_at = case when pace_at is null or ${isPaceOld} then clock_timestamp() else pace_at end
    where id = ${batchId}::uuid returning *`.execute(step);
  const [batch] = rows;
  return { batch, more: batch ? await steerItself(step, batch) : [] };
}

async function steerItself(step: Executor, batch: Batch): Promise<NewFacts[]> {
  const isDone = batch.changed + batch.failed >= batch.total;
  if (isDone && batch.state !== 'done') {
    // The stop came too late: everybody has an outcome.
    await recordState(step, batch.id, 'done');
    return [factsOfBatch(batch, 'batch-end')];
  }
  if (batch.state === 'running' && hasTooManyFailures(batch)) {
    await recordState(step, batch.id, 'paused', 'failures');
    return [{ ...factsOfBatch(batch, 'batch-pause'), operatorId: null, operatorName: null, operatorRole: null }];
  }
  return [];
}

/**
 * Takes back what was intended and has certainly not been done: these people wait again, from `waitMs` on, and anybody may
 * change them meanwhile.
 */
export async function releaseShare(db: Database, share: Share, changeIds: string[], waitMs: number): Promise<void> {
  if (changeIds.length === 0) return;
  await db.transaction().execute(async (step) => {
    await holdUsers(step, share.accountId, usersOf(share));
    await sql`
      update batch_items set state = 'waiting', change_id = null, share_id = null,
        not_before = clock_timestamp() + ${waitMs} * interval '1 millisecond'
      where share_id = ${share.id}::uuid and change_id = any(${changeIds}::uuid[])`.execute(step);
    await sql`
      delete from changes where id = any(${changeIds}::uuid[]) and batch_id = ${share.batchId}::uuid
        and state = 'pending'`.execute(step);
    await endingShare(share.id).execute(step);
    const released = share.people.filter(({ changeId }) => changeIds.includes(changeId)).map(({ userId }) => userId);
    await tell(step, { kind: 'changed', accountId: share.accountId, userIds: released });
  });
}

/** Notes that these people are sent again, with the same intents. */
export async function recordResent(db: Executor, changeIds: string[]): Promise<void> {
  await sql`
    update changes set sent_at = clock_timestamp(), tries = tries + 1 where id = any(${changeIds}::uuid[])`.execute(db);
}
