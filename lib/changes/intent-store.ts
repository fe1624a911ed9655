import { sql } from 'kysely';
import { refuseWrongKey, welcomeKeyIds } from '../audit/append-entries.ts';
import { auditKeys } from '../audit/keys.ts';
import { freshMs, leaseMs } from '../chime/call-policy.ts';
import type { Executor } from '../db/database.ts';
import { prepared } from '../db/prepared.ts';
import type { License } from '../licenses/license.ts';
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
  const { rows } = await sql<{
    requested_at: Date | null;
    read_recently: boolean;
    sealed_by: string | null;
  }>`${prepared}
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
  const { rows } = await sql`${prepared}
    delete from changes using users
    where changes.id = ${id}::uuid and changes.state = 'pending'
      and users.account_id = ${accountId} and users.id = ${choice.userId}
      and users.license is distinct from ${choice.from}::text
    returning changes.id`.execute(db);
  return rows.length > 0;
}
