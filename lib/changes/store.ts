import { sql } from 'kysely';
import { appendEntries, type NewFacts, refuseWrongKey, welcomeKeyIds } from '../audit/append-entries.ts';
import { auditKeys } from '../audit/keys.ts';
import { momentText } from '../audit/ledger-store.ts';
import { freshMs, leaseMs } from '../chime/call-policy.ts';
import { type Executor, inTransaction } from '../db/database.ts';
import { callingOff, settleEnds } from '../endings/store.ts';
import { noticeOfChange } from '../events/notice-store.ts';
import type { Failure, FailureCode } from '../failures.ts';
import type { License } from '../licenses/license.ts';
import { loginOfNamesake } from '../operators/namesakes-store.ts';
import { sortLicense } from '../users/derived.ts';
import type { Choice } from './change.ts';

/** Who asks for a change, and the ID of ours under which the request is logged. */
export type Requester = {
  operatorId: string;
  operatorName: string;
  operatorRole: string;
  requestId: string;
  /** The planned end of a plan that asks, in the name of the operator who planned it. */
  endingId?: string;
};

/** A change on its way, with what is needed to carry it on. */
export type OpenChange = {
  id: string;
  accountId: string;
  userId: string;
  from: string | null;
  to: License;
  requestedAt: Date;
  /** Whether what we know of the person is so young that the conflict check needs no call. */
  readRecently: boolean;
};

/**
 * Writes the intent down before anything is sent: a pending change, if the person still has the license the operator saw.
 * Undefined when they have not, or are not there; throws PostgreSQL's 23505 when a change of theirs is still open, and
 * when the audit would not take an entry of ours: then nothing may be sent.
 */
export async function recordIntent(
  db: Executor,
  accountId: string,
  id: string,
  choice: Choice,
  by: Requester,
): Promise<OpenChange | undefined> {
  const { rows } = await sql<{ requested_at: Date | null; read_recently: boolean; sealed_by: string | null }>`
    with person as (
      select read_at from users
      where account_id = ${accountId} and id = ${choice.userId} and license is not distinct from ${choice.from}::text
    ), intent as (
      insert into changes (id, request_id, account_id, user_id, operator_id, operator_name, operator_role,
                           from_license, to_license, undoes, ending_id, state, tries, sent_at, lease_until)
      select ${id}::uuid, ${by.requestId}::uuid, ${accountId}, ${choice.userId}, ${by.operatorId}, ${by.operatorName},
             ${by.operatorRole}, ${choice.from}, ${choice.to}, ${choice.undoes ?? null}::uuid,
             ${by.endingId ?? null}::uuid, 'pending', 1, clock_timestamp(), clock_timestamp() + ${leaseMs} * interval '1 millisecond'
      from person, audit_head where key_id is null or key_id = any(${welcomeKeyIds(auditKeys())})
      returning requested_at
    )
    select intent.requested_at, person.read_at > clock_timestamp() - ${freshMs} * interval '1 millisecond' as read_recently,
      key_id as sealed_by
    from person cross join audit_head left join intent on true`.execute(db);
  const [row] = rows;
  if (!row) return undefined;
  refuseWrongKey(row.sealed_by, auditKeys());
  if (!row.requested_at) throw new Error('The intent of a change was not written.');
  if (await takeBackLateIntent(db, accountId, id, choice)) return undefined;
  return {
    id,
    accountId,
    userId: choice.userId,
    from: choice.from,
    to: choice.to,
    requestedAt: row.requested_at,
    readRecently: row.read_recently,
  };
}

/**
 * Takes an intent back that was written just when another change of the person was being settled: the license was compared
 * before, the place in the index of open changes was free only afterwards. Nothing has been sent for it yet.
 */
async function takeBackLateIntent(db: Executor, accountId: string, id: string, choice: Choice): Promise<boolean> {
  const { rows } = await sql`
    delete from changes using users
    where changes.id = ${id}::uuid and changes.state = 'pending'
      and users.account_id = ${accountId} and users.id = ${choice.userId}
      and users.license is distinct from ${choice.from}::text
    returning changes.id`.execute(db);
  return rows.length > 0;
}

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
export async function holdChange(step: Executor, accountId: string, id: string) {
  return step
    .selectFrom('changes')
    .selectAll()
    .where('id', '=', id)
    .where('account_id', '=', accountId)
    .forNoKeyUpdate()
    .executeTakeFirst();
}

/** Asks the process that carries the change to give it up before its next try. */
export async function requestCancel(step: Executor, id: string): Promise<void> {
  await sql`update changes set cancel_requested = true where id = ${id}::uuid`.execute(step);
}

/**
 * Settles a change that Chime applied: the change, the mirror and the audit entry in one step. False when somebody else
 * has settled it before, and then nothing is written. `seen`: the new license has been read back already.
 * `despite`: what Chime answered although it had applied the change.
 */
export async function settleApplied(
  db: Executor,
  change: Pick<OpenChange, 'id' | 'to'>,
  facts: { awsRequestId?: string | undefined; seen: boolean; despite?: Failure | undefined },
): Promise<boolean> {
  return inTransaction(db, async (step) => {
    const { rows } = await sql<Settled & { changeId: string; removedEnd: string | null; undoes: string | null }>`
      with settled as (
        update changes set state = 'applied', settled_at = clock_timestamp(), checking = false, waiting_for = null,
          next_try_at = null, aws_request_id = ${facts.awsRequestId ?? null}, failure = ${json(facts.despite)}::jsonb,
          confirmed_at = case when ${facts.seen} then clock_timestamp() end
        where id = ${change.id}::uuid and state in ('pending', 'unknown')
        returning *
      ), mirrored as (
        update users set license = ${change.to}, sort_license = ${sortLicense(change.to)}, read_at = settled.settled_at,
          changed_at = settled.settled_at, changed_by = settled.operator_name, changed_by_id = settled.operator_id,
          cause = settled.id
        from settled where users.account_id = settled.account_id and users.id = settled.user_id
      ), called_off as (${callingOff(sql`settled`)})
      select ${factsOfSettled}, undoes,
        ${momentText(sql`(select max(removed_end) from called_off)`)} as "removedEnd",
        ${noticeOfChange(sql`settled.account_id`, sql`settled.user_id`)}
      from settled left join users on users.account_id = settled.account_id and users.id = settled.user_id`.execute(
      step,
    );
    const [settled] = rows;
    if (!settled) return false;
    const ends = await settleEnds(step, [settled]);
    return recordSettled(step, { ...settled, ...ends.get(settled.changeId) }, { outcome: 'applied' });
  });
}

/**
 * Settles a change that was certainly not made, with its audit entry. False when somebody else has settled it before.
 * `code` is the failure's; `failure.current` is what the person has, where we know it.
 */
export async function settleFailed(db: Executor, id: string, failure: Failure): Promise<boolean> {
  return inTransaction(db, async (step) => {
    const { rows } = await sql<Settled>`
      with settled as (
        update changes set state = 'failed', settled_at = clock_timestamp(), checking = false, waiting_for = null,
          next_try_at = null, failure = ${json(failure)}::jsonb, aws_request_id = ${failure.chime?.requestId ?? null}
        where id = ${id}::uuid and state in ('pending', 'unknown')
        returning *
      )
      select ${factsOfSettled}, ${noticeOfChange(sql`settled.account_id`, sql`settled.user_id`)}
      from settled left join users on users.account_id = settled.account_id and users.id = settled.user_id`.execute(
      step,
    );
    return recordSettled(step, rows[0], { outcome: 'failed', failure: failure.code });
  });
}

type Settled = Omit<NewFacts, 'outcome' | 'failure'>;

/** What the audit says of a change that has just been settled. */
const factsOfSettled = sql`
  case when ending_id is not null then 'ending' when undoes is null then 'change' else 'undo' end as action, operator_id as "operatorId",
  operator_name as "operatorName", operator_role as "operatorRole", request_id as "requestId",
  aws_request_id as "awsRequestId", settled.account_id as "accountId", settled.user_id as "userId",
  coalesce(users.name, users.email, settled.user_id) as "userName", users.email as "userEmail", from_license as "from", to_license as "to",
  settled.id as "changeId"`;

async function recordSettled(
  step: Executor,
  settled: Settled | undefined,
  end: Pick<NewFacts, 'outcome' | 'failure'>,
): Promise<boolean> {
  if (settled) await appendEntries(step, [{ ...settled, ...end }]);
  return settled !== undefined;
}

/** Leaves a change as unknown: sent, and nobody can say yet what became of it. A worker reads it back from `ms` from now on. */
export async function leaveUnknown(db: Executor, id: string, failure: Failure, ms: number): Promise<void> {
  await sql`
    update changes set state = 'unknown', checking = false, waiting_for = null, next_try_at = null,
      failure = coalesce(failure, ${json(failure)}::jsonb),
      lease_until = clock_timestamp() + ${ms} * interval '1 millisecond'
    where id = ${id}::uuid and state in ('pending', 'unknown')`.execute(db);
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

const json = (value: Failure | undefined) => (value ? JSON.stringify(value) : null);
