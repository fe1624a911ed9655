import { randomUUID } from 'node:crypto';
import { type RawBuilder, sql } from 'kysely';
import type { Scope } from '../accounts/scope.ts';
import { withinScope } from '../accounts/store.ts';
import type { NewFacts } from '../audit/append-entries.ts';
import { momentText } from '../audit/ledger-store.ts';
import { type Executor, fewRows, keptMonths } from '../db/database.ts';
import { noticeOfChange } from '../events/notice-store.ts';
import type { FailureCode } from '../failures.ts';
import { type EarlierEnd, type EndingView, type EndsKind, type FailedEndings, soonDays } from '../licenses/ending.ts';

/** A plan that has come to its end, in the hands of the caller. */
export type DueEnding = {
  id: string;
  accountId: string;
  userId: string;
  license: string;
  backTo: string;
  operatorId: string;
  operatorName: string;
  operatorRole: string;
};

/** `batchId`: the batch that gave the plan. */
export type NewEnding = Omit<DueEnding, 'id'> & { at: Date; zone: string; batchId?: string };

/** Plans the end of what each of these people has; a planned one is moved. */
export async function planEndings(trx: Executor, endings: NewEnding[]): Promise<void> {
  if (endings.length === 0) return;
  const list = JSON.stringify(endings.map((ending) => ({ ...ending, id: randomUUID() })));
  await sql`
    insert into endings (id, account_id, user_id, license, back_to, ends_at, zone, operator_id, operator_name,
                         operator_role, next_try_at, batch_id)
    select id, "accountId", "userId", license, "backTo", at, zone, "operatorId", "operatorName", "operatorRole", at, "batchId"
    from jsonb_to_recordset(${list}::jsonb) as ending (
      id uuid, "accountId" text, "userId" text, license text, "backTo" text, at timestamptz, zone text,
      "operatorId" text, "operatorName" text, "operatorRole" text, "batchId" uuid)
    on conflict (account_id, user_id) where state in ('planned', 'running') do update set
      license = excluded.license, back_to = excluded.back_to, ends_at = excluded.ends_at, zone = excluded.zone,
      next_try_at = excluded.next_try_at, operator_id = excluded.operator_id, operator_name = excluded.operator_name,
      operator_role = excluded.operator_role
    where endings.state = 'planned'`.execute(trx);
}

/** The planned ends of these people's plans, and those that failed, by user ID. */
export async function endingsOf(db: Executor, accountId: string, userIds: string[]): Promise<Map<string, EndingView>> {
  if (userIds.length === 0) return new Map();
  const select = db
    .selectFrom('endings')
    .select(['user_id', 'back_to', 'ends_at', 'zone', 'failure'])
    .where('account_id', '=', accountId)
    .where('user_id', 'in', userIds);
  const rows = await select // two parts, because each has an index of its own
    .where('state', '=', 'failed')
    .unionAll(select.where('state', 'in', ['planned', 'running']))
    .execute();
  return new Map(
    rows.map((row) => [
      row.user_id,
      { at: row.ends_at.toISOString(), zone: row.zone, to: row.back_to, failure: row.failure },
    ]),
  );
}

/** As part of a query: the IDs of people of an account whose temporary plan ends soon, or whose end failed. */
export const endingPeople = (accountId: string, kind: EndsKind) =>
  kind === 'failed'
    ? sql`select user_id from endings where account_id = ${accountId} and state = 'failed'`
    : sql`
      select user_id from endings where account_id = ${accountId} and state in ('planned', 'running')
        and ends_at < now() + ${soonDays} * interval '1 day'`;

/** How many people to name of those whose plan did not end. */
const maxNamed = 3;

/** Whether anybody in an account has a temporary plan, and whose did not end as planned: how many, and some of them. */
export async function endingsIn(db: Executor, accountId: string): Promise<{ any: boolean; failed: FailedEndings }> {
  const { rows } = await sql<{ any_planned: boolean; failed: string; people: FailedEndings['people'] | null }>`
    with failed as (
      select user_id, ends_at from endings where account_id = ${accountId} and state = 'failed'
    ), named as (
      select users.id, name, email from failed join users on users.account_id = ${accountId} and users.id = user_id
      order by ends_at, users.id limit ${maxNamed}
    )
    select exists (
        select from endings where account_id = ${accountId} and state in ('planned', 'running')
      ) as any_planned,
      (select count(*) from failed) as failed,
      (select jsonb_agg(jsonb_build_object('id', id, 'name', name, 'email', email)) from named) as people`.execute(db);
  const [row] = rows;
  const failed = { count: Number(row?.failed ?? 0), people: row?.people ?? [] };
  return { any: (row?.any_planned ?? false) || failed.count > 0, failed };
}

/** People of a list with the planned ends of their plans. */
export async function withEndings<Row extends { id: string }>(
  db: Executor,
  accountId: string,
  rows: Row[],
): Promise<(Row & { ending: EndingView | null })[]> {
  const endings = await endingsOf(
    db,
    accountId,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => ({ ...row, ending: endings.get(row.id) ?? null }));
}

/** Calls the end off; answers whether there was one. */
export async function cancelEnding(trx: Executor, accountId: string, userId: string): Promise<boolean> {
  const { rows } = await sql`
    update endings set state = 'cancelled' where account_id = ${accountId} and user_id = ${userId} and state = 'planned'
    returning id`.execute(trx);
  return rows.length > 0;
}

/** Somebody has dealt with an end that had failed; answers whether there was one. */
export async function dealWithFailedEnding(trx: Executor, accountId: string, userId: string): Promise<boolean> {
  const { rows } = await sql`
    update endings set state = 'cancelled' where account_id = ${accountId} and user_id = ${userId} and state = 'failed'
    returning id`.execute(trx);
  return rows.length > 0;
}

/**
 * As part of a statement that gives people other plans: what was planned for the plan they had is called off, and an end
 * that failed does not stand open any more. `changed` is a table of their changes. Returns `user_id`, and as `removed_end` the
 * end date that they had.
 */
export const callingOff = (changed: RawBuilder<unknown>) => sql`
  update endings set state = 'cancelled', removed_by = open.changed_by
  from (
    select ${changed}.id as changed_by, ${changed}.ending_id, found.id from ${changed} cross join lateral (
      select id from endings
      where account_id = ${changed}.account_id and user_id = ${changed}.user_id and state in ('planned', 'failed')
      union all
      select id from endings
      where account_id = ${changed}.account_id and user_id = ${changed}.user_id and state = 'running'
    ) found
  ) open
  where endings.id = open.id
    and (endings.state in ('planned', 'failed')
      or (endings.state = 'running' and endings.id is distinct from open.ending_id))
  returning endings.user_id, ${removedEnd} as removed_end`;

/** An end that failed is no end date any more. */
const removedEnd = sql`case when endings.failure is null then endings.ends_at end`;

/** The same where people were found to have other plans: the end dates that they had, by user ID, as the audit keeps them. */
export async function callOffEndings(
  trx: Executor,
  accountId: string,
  userIds: string[],
): Promise<Map<string, string>> {
  if (userIds.length === 0) return new Map();
  const { rows } = await sql<{ user_id: string; removed_end: string | null }>`
    update endings set state = 'cancelled'
    where account_id = ${accountId} and user_id = any(${userIds}) and state in ('planned', 'failed')
    returning user_id, ${momentText(removedEnd)} as removed_end`.execute(trx);
  return new Map(rows.flatMap((row) => (row.removed_end ? [[row.user_id, row.removed_end]] : [])));
}

type EndFacts = Pick<NewFacts, 'removedEnd' | 'earlierEnd' | 'earlierEndIs'>;

/** A change that has just been applied, with the end date that it removed, and the change that it undoes. */
type AppliedChange = { changeId: string; removedEnd: string | null; undoes: string | null };

/**
 * Restores the end dates that the undone ones of these changes had removed, and keeps with each change what it did to end dates.
 * Runs in the transaction that settles them, after `callingOff`; answers what the audit says of each, by change ID. An end that
 * had failed stands open again.
 */
export async function settleEnds(trx: Executor, changes: AppliedChange[]): Promise<Map<string, EndFacts>> {
  const undoIds = changes.flatMap(({ changeId, undoes }) => (undoes ? [changeId] : []));
  const earlier = await restoreEnds(trx, undoIds);
  const facts = new Map<string, EndFacts>();
  for (const { changeId, removedEnd } of changes) {
    const undone = earlier.get(changeId);
    if (removedEnd || undone) facts.set(changeId, { removedEnd, ...undone });
  }
  if (facts.size === 0) return facts;
  await sql`
    update changes set removed_end = ends."removedEnd", earlier_end = ends."earlierEnd", earlier_end_is = ends."earlierEndIs"
    from jsonb_to_recordset(${JSON.stringify([...facts].map(([id, ends]) => ({ id, ...ends })))}::jsonb) as ends (
      id uuid, "removedEnd" timestamptz, "earlierEnd" timestamptz, "earlierEndIs" text)
    where changes.id = ends.id`.execute(trx);
  return facts;
}

type Earlier = { changeId: string; earlierEnd: string; earlierEndIs: EarlierEnd['is'] };

async function restoreEnds(trx: Executor, undoIds: string[]): Promise<Map<string, EndFacts>> {
  if (undoIds.length === 0) return new Map();
  const { rows } = await sql<Earlier>`
    with earlier as (
      select endings.id, undo.id as change_id, endings.ends_at, endings.failure is not null as has_failed,
        case when endings.ends_at <= clock_timestamp() then 'passed'
          when endings.back_to = any(accounts.supported_licenses) then 'restored' else 'not-offered' end as earlier_end_is
      from changes undo
        join endings on endings.removed_by = undo.undoes and endings.license = undo.to_license
          and endings.account_id = undo.account_id and endings.user_id = undo.user_id
        join accounts on accounts.id = undo.account_id
      where undo.id = any(${undoIds}::uuid[])
    ), restored as (
      update endings set state = case when has_failed then 'failed' else 'planned' end, removed_by = null, change_id = null,
        next_try_at = endings.ends_at
      from earlier where endings.id = earlier.id and (has_failed or earlier_end_is = 'restored')
    )
    select change_id as "changeId", ${momentText(sql`ends_at`)} as "earlierEnd", earlier_end_is as "earlierEndIs"
    from earlier where not has_failed`.execute(trx);
  return new Map(rows.map(({ changeId, ...facts }) => [changeId, facts]));
}

const leaseSeconds = 30;

/** True as SQL where any plan has come to its end, or its end is being brought about. */
export const anyEndingIsDue = sql`exists (
  select from endings where (state = 'planned' and next_try_at <= clock_timestamp()) or state = 'running')`;

/** Takes plans of a scope that have come to their end, or whose last try is long enough ago; nobody else gets them for a while. */
export async function takeDueEndings(db: Executor, scope: Scope, most: number): Promise<DueEnding[]> {
  const { rows } = await sql<DueEnding>`
    with due as (
      select id from endings
      where next_try_at <= clock_timestamp() and ${withinScope(scope, sql.ref('account_id'))}
        and (state = 'planned' or (state = 'running' and change_id is null and lease_until < clock_timestamp()))
      order by next_try_at limit ${most} for update skip locked
    )
    update endings set state = 'running', lease_until = clock_timestamp() + ${leaseSeconds} * interval '1 second'
    from due where endings.id = due.id
    returning endings.id, account_id as "accountId", user_id as "userId", license, back_to as "backTo",
      operator_id as "operatorId", operator_name as "operatorName", operator_role as "operatorRole"`.execute(db);
  return rows;
}

/** The change that brings the end about is on its way. */
export async function recordEndingChange(db: Executor, id: string, changeId: string): Promise<void> {
  await sql`update endings set change_id = ${changeId}::uuid where id = ${id}::uuid`.execute(db);
}

/** How an end came out, which every page hears where it failed. `againInMs`: what stood in the way may pass. */
export async function settleEnding(
  db: Executor,
  id: string,
  end: { state: 'done' | 'cancelled' } | { state: 'failed'; failure: FailureCode } | { againInMs: number },
): Promise<void> {
  if ('againInMs' in end) {
    await sql`
      update endings set state = 'planned', change_id = null,
        next_try_at = clock_timestamp() + ${end.againInMs} * interval '1 millisecond'
      where id = ${id}::uuid and state = 'running'`.execute(db);
    return;
  }
  await sql`
    with settled as (
      update endings set state = ${end.state}, failure = ${'failure' in end ? end.failure : null}
      where id = ${id}::uuid and state = 'running' returning account_id, user_id, state
    )
    select ${noticeOfChange(sql`account_id`, sql`user_id`)} from settled where state = 'failed'`.execute(db);
}

/** Ends in a scope whose change has been settled since. */
export async function takeSettledEndings(
  db: Executor,
  scope: Scope,
): Promise<{ id: string; state: 'applied' | 'failed'; code: FailureCode | null }[]> {
  const { rows } = await sql<{ id: string; state: 'applied' | 'failed'; code: FailureCode | null }>`
    select endings.id, changes.state, changes.failure->>'code' as code
    from endings join changes on changes.id = endings.change_id
    where endings.state = 'running' and changes.state in ('applied', 'failed')
      and ${withinScope(scope, sql.ref('endings.account_id'))}
    limit 100`.execute(db);
  return rows;
}

/** Forgets temporary plans that ended, or were to end, 15 months ago; those that could not be given back stay. Answers how many. */
export async function forgetOldEndings(db: Executor): Promise<bigint> {
  const { numAffectedRows = 0n } = await sql`
    delete from endings where id = any(array(
      select id from endings where state in ('done', 'cancelled')
        and greatest(created_at, ends_at) < clock_timestamp() - ${keptMonths} limit ${fewRows}))`.execute(db);
  return numAffectedRows;
}
