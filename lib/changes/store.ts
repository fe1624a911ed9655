import { sql } from 'kysely';
import { type Executor, fewRows, keptMonths } from '../db/database.ts';
import type { FailureCode } from '../failures.ts';
import { loginOfNamesake } from '../operators/namesakes-store.ts';
import type { OpenChange } from './intent-store.ts';

/** Notes that a further try goes out now. */
export async function recordTry(db: Executor, id: string, tries: number): Promise<void> {
  await sql`
    update changes set tries = ${tries}, sent_at = clock_timestamp(), checking = false, waiting_for = null, next_try_at = null
    where id = ${id}`.execute(db);
}

/** Notes what the change waits for before its next try. */
export async function recordWait(
  db: Executor,
  id: string,
  code: FailureCode,
  tries: number,
  ms: number,
): Promise<void> {
  await sql`
    update changes set tries = ${tries}, checking = false, waiting_for = ${code},
      next_try_at = clock_timestamp() + ${ms} * interval '1 millisecond'
    where id = ${id}`.execute(db);
}

/** Notes that an answer is missing and the person is being read back. */
export async function recordChecking(db: Executor, id: string): Promise<void> {
  await sql`update changes set checking = true where id = ${id}`.execute(db);
}

/** Whether the operator has asked to give the change up. */
export async function isCancelled(db: Executor, id: string): Promise<boolean> {
  const row = await db.selectFrom('changes').select('cancel_requested').where('id', '=', id).executeTakeFirst();
  return row?.cancel_requested ?? false;
}

/** A change as it is, held for the rest of the transaction. */
export async function holdChange(trx: Executor, accountId: string, id: string) {
  return trx
    .selectFrom('changes')
    .selectAll()
    .where('id', '=', id)
    .where('account_id', '=', accountId)
    .forNoKeyUpdate()
    .executeTakeFirst();
}

/** Asks the process that carries the change to give it up before its next try. */
export async function requestCancel(trx: Executor, id: string): Promise<void> {
  await sql`update changes set cancel_requested = true where id = ${id}::uuid`.execute(trx);
}

/** Notes that Chime shows the new license, or has been given another one since. */
export async function recordConfirmed(db: Executor, id: string): Promise<void> {
  await sql`update changes set confirmed_at = clock_timestamp() where id = ${id}::uuid`.execute(db);
}

/** Whether the person has been changed through Carillon again since. */
export async function hasLaterChange(
  db: Executor,
  change: Pick<OpenChange, 'id' | 'accountId' | 'userId'>,
): Promise<boolean> {
  const { rows } = await sql`
    select 1 from changes
    where account_id = ${change.accountId} and user_id = ${change.userId} and id <> ${change.id}::uuid
      and requested_at > (select requested_at from changes where id = ${change.id}::uuid)
    limit 1`.execute(db);
  return rows.length > 0;
}

/** Notes that Chime has accepted the change and still shows another license. */
export async function recordNotVisible(db: Executor, id: string, seen: string | null): Promise<void> {
  await sql`update changes set seen_license = ${seen}, seen_at = clock_timestamp() where id = ${id}::uuid`.execute(db);
}

/** A change to be taken back: undefined unless it is this person's and was applied. */
export async function findApplied(db: Executor, accountId: string, userId: string, id: string) {
  return db
    .selectFrom('changes')
    .select(['from_license as from', 'to_license as to'])
    .where('id', '=', id)
    .where('account_id', '=', accountId)
    .where('user_id', '=', userId)
    .where('state', '=', 'applied')
    .executeTakeFirst();
}

/** An operator's own change, to add a note to. */
export async function findNotable(db: Executor, accountId: string, id: string, operatorId: string) {
  return db
    .selectFrom('changes')
    .select(['user_id as userId', 'from_license as from', 'to_license as to'])
    .where('id', '=', id)
    .where('account_id', '=', accountId)
    .where('operator_id', '=', operatorId)
    .executeTakeFirst();
}

/** The change of a person that is still open, if there is one. */
export async function findOpen(db: Executor, accountId: string, userId: string) {
  return db
    .selectFrom('changes')
    .select(['id', 'operator_name', 'requested_at', 'from_license', 'to_license', 'state'])
    .select(loginOfNamesake(sql`changes.operator_id`, sql`changes.operator_name`).as('login'))
    .where('account_id', '=', accountId)
    .where('user_id', '=', userId)
    .where('state', 'in', ['pending', 'unknown'])
    .executeTakeFirst();
}

/** Forgets changes that were settled 15 months ago and that nothing kept refers to. Answers how many. */
export async function forgetOldChanges(db: Executor): Promise<bigint> {
  const { numAffectedRows = 0n } = await sql`
    delete from changes where id = any(array(
      select id from changes old
      where requested_at < clock_timestamp() - ${keptMonths} and state in ('applied', 'failed')
        and not exists (select from changes younger where younger.undoes = old.id)
        and not exists (select from late_calls where change_id = old.id)
      limit ${fewRows}))`.execute(db);
  return numAffectedRows;
}
