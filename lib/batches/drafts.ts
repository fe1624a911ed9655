import { sql } from 'kysely';
import type { Executor } from '../db/database.ts';
import type { License } from '../licenses/license.ts';
import type { PersonRef } from '../people/person-ref.ts';
import { foldForSearch } from '../users/user.ts';
import type { BatchSource, Submitter } from './batch.ts';

/** A batch that is being put together. */
export type Draft = {
  id: string;
  accountId: string;
  to: License | null;
  reason: string | null;
  /** When everybody gets back what they have now. */
  end: { at: Date; zone: string } | null;
  source: BatchSource;
  /** What the account of its people knows: which plans, and whether a directory sets them. */
  supported: string[];
  isManaged: boolean;
};

/** Somebody who is asked for, on which line, with what of their own, and how that was written. */
export type Asked = {
  ref: PersonRef;
  line?: number;
  license?: License | null;
  reason?: string | null;
  written?: string;
};

/** Begins a batch that nobody has submitted. */
export async function createDraft(step: Executor, draft: Draft, by: Submitter): Promise<void> {
  await sql`
    insert into batches (id, account_id, request_id, operator_id, operator_name, operator_role, operator_groups, source,
                         to_license, reason, end_at, end_zone)
    values (${draft.id}::uuid, ${draft.accountId}, ${by.requestId}::uuid, ${by.operatorId}, ${by.operatorName},
            ${by.operatorRole}, ${by.groups}, ${JSON.stringify(draft.source)}::jsonb, ${draft.to}, ${draft.reason},
            ${draft.end?.at ?? null}, ${draft.end?.zone ?? null})`.execute(step);
}

const atOnce = 5_000;

/**
 * Adds people to a draft, each in the group that the mirror puts them in, in the order given. Answers how many were asked
 * for; whoever is named a second time is counted and not added. `areIds`: all of them are user IDs as Chime spells them.
 */
export async function addAsked(
  step: Executor,
  draft: Draft,
  asked: Asked[],
  { areIds = false }: { areIds?: boolean } = {},
): Promise<number> {
  for (let first = 0; first < asked.length; first += atOnce) {
    const some = asked.slice(first, first + atOnce).map((one, index) => ({
      place: index,
      line: one.line ?? null,
      person: one.written ?? personOf(one),
      exact: personOf(one),
      lower: personOf(one).toLowerCase(),
      email: areIds ? null : foldForSearch(personOf(one)),
      license: one.license ?? null,
      reason: one.reason ?? null,
    }));
    await sql`
      with asked as (
        select * from jsonb_to_recordset(${JSON.stringify(some)}::jsonb) as asked (
          place integer, line integer, person text, exact text, lower text, email text, license text, reason text)
      ), found as (
        select asked.*, users.id, users.name, users.email as address, users.license as current,
          coalesce(asked.license, ${draft.to}) as wanted
        from asked left join lateral (
          (select * from users where account_id = ${draft.accountId} and users.id = asked.exact)
          union all
          (select * from users where account_id = ${draft.accountId} and users.id = asked.lower
             and asked.lower <> asked.exact)
          union all
          (select * from users where account_id = ${draft.accountId} and sort_email = asked.email)
          limit 1
        ) users on true
      )
      insert into batch_items (batch_id, position, part, line, asked, user_id, name, email, from_license, to_license,
                               reason, state, failure)
      select ${draft.id}::uuid,
        coalesce((select max(position) from batch_items where batch_id = ${draft.id}::uuid), 0)
          + row_number() over (order by place),
        ${partOf(draft, sql`current`, sql`wanted`)}, line, ${areIds ? sql`null` : sql`person`}, id, name, address,
        current, wanted, found.reason,
        case when ${partOf(draft, sql`current`, sql`wanted`)} = 'change' then 'waiting' end,
        case when ${partOf(draft, sql`current`, sql`wanted`)} = 'forbidden'
          then jsonb_build_object('code', 'unsupported-license', 'at', ${now}) end
      from found
      on conflict (batch_id, user_id) where user_id is not null do nothing`.execute(step);
  }
  return asked.length;
}

const personOf = ({ ref }: Asked) => ref.userId ?? ref.email ?? ref.upn ?? '';

const now = sql`to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

type Text = ReturnType<typeof sql>;

/** The group of somebody with a plan now and another wanted. Who is not there has no `id`. */
function partOf({ supported, isManaged }: Draft, current: Text, wanted: Text, id: Text = sql`id`) {
  return sql<string>`case
    when ${id} is null then 'missing'
    when ${isManaged} then 'directory'
    when ${wanted} is null or not (${wanted} = any(${supported})) then 'forbidden'
    when ${wanted} = ${current} then 'same'
    else 'change' end`;
}

/** Adds those for whom a batch failed, to be given what they were to have. */
export async function addRetried(step: Executor, draft: Draft, batchId: string): Promise<number> {
  const { numAffectedRows } = await sql`
    insert into batch_items (batch_id, position, part, line, asked, user_id, name, email, from_license, to_license, reason,
                             state, failure, undoes)
    select ${draft.id}::uuid, row_number() over (order by position), part, line, asked, user_id, name, email, current,
      to_license, reason, case when part = 'change' then 'waiting' end,
      case when part = 'forbidden' then jsonb_build_object('code', 'unsupported-license', 'at', ${now}) end, undoes
    from (
      select position, line, asked, items.user_id, coalesce(users.name, items.name) as name,
        coalesce(users.email, items.email) as email, users.license as current, items.to_license, items.reason, undoes,
        ${partOf(draft, sql`users.license`, sql`items.to_license`, sql`users.id`)} as part
      from batch_items items left join users on users.account_id = ${draft.accountId} and users.id = items.user_id
      where items.batch_id = ${batchId}::uuid and items.part = 'change' and items.state <> 'changed'
    ) again`.execute(step);
  return Number(numAffectedRows ?? 0);
}

/** Adds those whom a batch changed, to be given back what they had; whoever was changed since is not allowed. */
export async function addUndone(step: Executor, draft: Draft, batchId: string): Promise<number> {
  const { numAffectedRows } = await sql`
    insert into batch_items (batch_id, position, part, user_id, name, email, from_license, to_license, state, failure, undoes)
    select ${draft.id}::uuid, row_number() over (order by position),
      case when part <> 'change' or is_untouched then part else 'forbidden' end, user_id, name, email, current, wanted,
      case when part = 'change' and is_untouched then 'waiting' end,
      case when part = 'forbidden' then jsonb_build_object('code', 'unsupported-license', 'at', ${now})
        when part = 'change' and not is_untouched
        then jsonb_build_object('code', 'conflict', 'at', ${now}, 'current', current, 'other',
          jsonb_strip_nulls(jsonb_build_object('name', changed_by, 'license', current, 'at', changed_at))) end,
      change_id
    from (
      select position, items.user_id, coalesce(users.name, items.name) as name, coalesce(users.email, items.email) as email,
        users.license as current, items.from_license as wanted, items.change_id, users.changed_by, users.changed_at,
        users.license = items.to_license and users.changed_at = changes.settled_at as is_untouched,
        ${partOf(draft, sql`users.license`, sql`items.from_license`, sql`users.id`)} as part
      from batch_items items join changes on changes.id = items.change_id
      left join users on users.account_id = ${draft.accountId} and users.id = items.user_id
      where items.batch_id = ${batchId}::uuid and items.state = 'changed'
    ) done`.execute(step);
  return Number(numAffectedRows ?? 0);
}

/** Ends the putting together: how many were asked for, how many are to be changed, and the fingerprint of exactly that. */
export async function sealDraft(step: Executor, draft: Draft, people: number): Promise<void> {
  await sql`
    update batches set people = ${people}, total = wanted.total, fingerprint = wanted.fingerprint
    from (
      select count(*)::integer as total,
        encode(sha256(convert_to(coalesce(string_agg(
          jsonb_build_array(user_id, from_license, to_license, reason)::text, E'\n' order by position), ''), 'UTF8')
          || convert_to(jsonb_build_array(${draft.accountId}::text, ${draft.reason}::text,
            ${draft.end?.at.toISOString() ?? null}::text)::text, 'UTF8')), 'hex')
          as fingerprint
      from batch_items where batch_id = ${draft.id}::uuid and part = 'change'
    ) wanted
    where id = ${draft.id}::uuid`.execute(step);
}
