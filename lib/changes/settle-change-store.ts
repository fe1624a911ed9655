import { sql } from 'kysely';
import { appendEntries, type NewFacts } from '../audit/append-entries.ts';
import { momentText } from '../audit/ledger-store.ts';
import { type Executor, inTransaction } from '../db/database.ts';
import { prepared } from '../db/prepared.ts';
import { callingOff, settleEnds } from '../endings/store.ts';
import { noticeOfChange } from '../events/notice-store.ts';
import type { Failure } from '../failures.ts';
import { sortLicense } from '../users/derived.ts';
import type { OpenChange } from './intent-store.ts';

/**
 * Settles a change that Chime applied: the change, the mirror and the audit entry in one transaction. False when somebody else
 * has settled it before, and then nothing is written. `seen`: the new license has been read back already.
 * `despite`: what Chime answered although it had applied the change.
 */
export async function settleApplied(
  db: Executor,
  change: Pick<OpenChange, 'id' | 'to'>,
  facts: { awsRequestId?: string | undefined; seen: boolean; despite?: Failure | undefined },
): Promise<boolean> {
  return inTransaction(db, async (trx) => {
    const { rows } = await sql<
      Settled & { changeId: string; removedEnd: string | null; undoes: string | null }
    >`${prepared}
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
      trx,
    );
    const [settled] = rows;
    if (!settled) return false;
    const ends = await settleEnds(trx, [settled]);
    return recordSettled(trx, { ...settled, ...ends.get(settled.changeId) }, { outcome: 'applied' });
  });
}

/**
 * Settles a change that was certainly not made, with its audit entry. False when somebody else has settled it before.
 * `code` is the failure's; `failure.current` is what the person has, where we know it.
 */
export async function settleFailed(db: Executor, id: string, failure: Failure): Promise<boolean> {
  return inTransaction(db, async (trx) => {
    const { rows } = await sql<Settled>`
      with settled as (
        update changes set state = 'failed', settled_at = clock_timestamp(), checking = false, waiting_for = null,
          next_try_at = null, failure = ${json(failure)}::jsonb, aws_request_id = ${failure.chime?.requestId ?? null}
        where id = ${id}::uuid and state in ('pending', 'unknown')
        returning *
      )
      select ${factsOfSettled}, ${noticeOfChange(sql`settled.account_id`, sql`settled.user_id`)}
      from settled left join users on users.account_id = settled.account_id and users.id = settled.user_id`.execute(
      trx,
    );
    return recordSettled(trx, rows[0], { outcome: 'failed', failure: failure.code });
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
  trx: Executor,
  settled: Settled | undefined,
  end: Pick<NewFacts, 'outcome' | 'failure'>,
): Promise<boolean> {
  if (settled) await appendEntries(trx, [{ ...settled, ...end }]);
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

const json = (value: Failure | undefined) => (value ? JSON.stringify(value) : null);
