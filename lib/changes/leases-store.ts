import { sql } from 'kysely';
import type { Scope } from '../accounts/scope.ts';
import { withinScope } from '../accounts/store.ts';
import { lateMs, leaseMs } from '../chime/call-policy.ts';
import type { Executor } from '../db/database.ts';
import { prepared } from '../db/prepared.ts';
import type { Failure } from '../failures.ts';
import { isLicense } from '../licenses/license.ts';
import type { OpenChange } from './intent-store.ts';

/** A change found open, taken over by the caller for a while. */
export type Abandoned = OpenChange & { state: 'pending' | 'unknown'; lateUntil: Date; failure: Failure | null };

/** Of the row `changes`: open, or applied within the last hour and not shown by Chime yet, and nobody looks after it. */
const isAbandoned = sql`(state in ('pending', 'unknown') and lease_until < clock_timestamp() and batch_id is null)`;
const isUnconfirmed = sql`(state = 'applied' and confirmed_at is null and settled_at > clock_timestamp() - interval '1 hour'
  and batch_id is null and lease_until < clock_timestamp())`;

/** True as SQL where any change wants to be looked at. */
export const anyChangeIsDue = sql`(
  exists (select from changes where ${isAbandoned}) or exists (select from changes where ${isUnconfirmed}))`;

/**
 * Takes over the changes in a scope whose carrier has gone silent; nobody else gets them until the lease runs out. Those of batches are
 * looked after by the worker that runs batches.
 */
export async function takeAbandoned(db: Executor, scope: Scope, most: number): Promise<Abandoned[]> {
  const { rows } = await sql<AbandonedRow>`
    with taken as (
      select id from changes
      where ${isAbandoned} and ${withinScope(scope, sql.ref('account_id'))}
      order by lease_until limit ${most} for update skip locked
    )
    update changes set lease_until = clock_timestamp() + ${leaseMs} * interval '1 millisecond'
    from taken where changes.id = taken.id
    returning ${abandonedColumns}`.execute(db);
  return rows.flatMap(abandonedFrom);
}

/** Takes one open change over at once, even from another process: the operator asked to look again. */
export async function takeUnknown(db: Executor, accountId: string, id: string): Promise<Abandoned | undefined> {
  const { rows } = await sql<AbandonedRow>`
    update changes set lease_until = clock_timestamp() + ${leaseMs} * interval '1 millisecond'
    where id = ${id}::uuid and account_id = ${accountId} and state = 'unknown'
    returning ${abandonedColumns}`.execute(db);
  return rows.flatMap(abandonedFrom)[0];
}

type AbandonedRow = {
  id: string;
  account_id: string;
  user_id: string;
  from_license: string | null;
  to_license: string;
  requested_at: Date;
  state: 'pending' | 'unknown';
  late_until: Date;
  failure: Failure | null;
};

const abandonedColumns = sql`changes.id, account_id, user_id, from_license, to_license, requested_at, state, failure,
  sent_at + ${sql.lit(lateMs)} * interval '1 millisecond' as late_until`;

function abandonedFrom(row: AbandonedRow): Abandoned[] {
  if (!isLicense(row.to_license)) return [];
  return [
    {
      id: row.id,
      accountId: row.account_id,
      userId: row.user_id,
      from: row.from_license,
      to: row.to_license,
      requestedAt: row.requested_at,
      readRecently: false,
      state: row.state,
      lateUntil: row.late_until,
      failure: row.failure,
    },
  ];
}

/** An applied change whose license Chime has not yet been seen to show. */
export type Unconfirmed = Pick<OpenChange, 'id' | 'accountId' | 'userId' | 'from' | 'to'>;

type UnconfirmedRow = {
  id: string;
  account_id: string;
  user_id: string;
  from_license: string | null;
  to_license: string;
};

const unconfirmedFrom = (row: UnconfirmedRow): Unconfirmed[] =>
  isLicense(row.to_license)
    ? [{ id: row.id, accountId: row.account_id, userId: row.user_id, from: row.from_license, to: row.to_license }]
    : [];

/**
 * Applied changes in a scope, of the last hour, that Chime has not shown yet and nobody looks after; nobody else gets them for a while. What
 * a batch has changed is seen by the next listing.
 */
export async function takeUnconfirmed(db: Executor, scope: Scope, most: number): Promise<Unconfirmed[]> {
  const { rows } = await sql<UnconfirmedRow>`
    with taken as (
      select id from changes
      where ${isUnconfirmed} and ${withinScope(scope, sql.ref('account_id'))}
      order by settled_at limit ${most} for update skip locked
    )
    update changes set lease_until = clock_timestamp() + ${leaseMs} * interval '1 millisecond' from taken where changes.id = taken.id
    returning changes.id, account_id, user_id, from_license, to_license`.execute(db);
  return rows.flatMap(unconfirmedFrom);
}

/** One applied change that Chime has not shown yet. */
export async function findUnconfirmed(db: Executor, accountId: string, id: string): Promise<Unconfirmed | undefined> {
  const { rows } = await sql<UnconfirmedRow>`
    ${prepared} select id, account_id, user_id, from_license, to_license from changes
    where id = ${id}::uuid and account_id = ${accountId} and state = 'applied' and confirmed_at is null`.execute(db);
  return rows.flatMap(unconfirmedFrom)[0];
}
