import { sql } from 'kysely';
import type { Scope } from '../../accounts/scope.ts';
import { withinScope } from '../../accounts/store.ts';
import { lookForLateMs, watchLateMs } from '../../chime/call-policy.ts';
import type { Executor } from '../../db/database.ts';

/** Notes that the call that was sent last for these changes got no answer in time: Chime may still apply it. */
export async function recordLateCalls(db: Executor, changeIds: string[]): Promise<void> {
  await sql`
    insert into late_calls (change_id, account_id, user_id, license, sent_at, request_id, operator_id, operator_name,
                            operator_role, batch_id)
    select id, account_id, user_id, to_license, coalesce(sent_at, clock_timestamp()), request_id, operator_id,
      operator_name, operator_role, batch_id
    from changes where id = any(${changeIds}::uuid[])
    on conflict (change_id) do update set sent_at = excluded.sent_at`.execute(db);
}

/**
 * A call that may still arrive, with what is known of it. `matters`: the person has another license by now, so that it would
 * change something. `isOver`: it is not expected any more.
 */
export type LateCall = { changeId: string; accountId: string; userId: string; matters: boolean; isOver: boolean };

/** True as SQL where any call that may still arrive wants to be looked for. */
export const anyLateCallIsDue = sql`exists (
  select from late_calls where arrived_at is null and next_look_at <= clock_timestamp())`;

/**
 * Takes the calls of a scope that are to be looked for now, or not any more; nobody else gets them for a while. People with a
 * change on its way are left out: they are read back for that change, and what they have would be taken for its outcome.
 */
export async function takeLateCalls(db: Executor, scope: Scope, most: number): Promise<LateCall[]> {
  const { rows } = await sql<LateCall>`
    with due as (
      select change_id, users.license is distinct from late_calls.license as matters,
        late_calls.sent_at < clock_timestamp() - ${watchLateMs} * interval '1 millisecond' as is_over
      from late_calls left join users on users.account_id = late_calls.account_id and users.id = late_calls.user_id
      where arrived_at is null and next_look_at <= clock_timestamp()
        and ${withinScope(scope, sql.ref('late_calls.account_id'))}
        and (users.license is distinct from late_calls.license
          or late_calls.sent_at < clock_timestamp() - ${watchLateMs} * interval '1 millisecond')
        and not exists (
          select from changes where changes.account_id = late_calls.account_id and changes.user_id = late_calls.user_id
            and state in ('pending', 'unknown'))
      order by next_look_at limit ${most} for update of late_calls skip locked
    )
    update late_calls set next_look_at = clock_timestamp() + ${lookForLateMs} * interval '1 millisecond'
    from due where late_calls.change_id = due.change_id
    returning late_calls.change_id as "changeId", account_id as "accountId", user_id as "userId", matters,
      is_over as "isOver"`.execute(db);
  return rows;
}

/** Nobody looks for this call any more; what was seen to have arrived stays. */
export async function forgetLateCall(db: Executor, changeId: string): Promise<void> {
  await sql`delete from late_calls where change_id = ${changeId}::uuid and arrived_at is null`.execute(db);
}

/**
 * Somebody has dealt with what arrived late at a person; answers whether there was anything. What a newer change has replaced
 * is not counted.
 */
export async function dealWithArrival(trx: Executor, accountId: string, userId: string): Promise<boolean> {
  const { rows } = await sql<{ counts: boolean }>`
    delete from late_calls using users
    where late_calls.account_id = ${accountId} and late_calls.user_id = ${userId} and arrived_at is not null
      and users.account_id = late_calls.account_id and users.id = late_calls.user_id
    returning late_calls.arrived_at = users.changed_at as counts`.execute(trx);
  return rows.some(({ counts }) => counts);
}

/** Forgets arrivals that a newer change of the person has replaced. */
export async function forgetOldArrivals(db: Executor): Promise<void> {
  await sql`
    delete from late_calls where arrived_at is not null and not exists (
      select from users where users.account_id = late_calls.account_id and users.id = late_calls.user_id
        and users.changed_at = late_calls.arrived_at)`.execute(db);
}
