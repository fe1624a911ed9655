import { sql } from 'kysely';
import type { Refresh } from '../accounts/account.ts';
import type { Database } from '../db/database.ts';
import { callWorkers } from '../events/tell.ts';

/** After a listing, the next one that an operator asks for waits this many times as long as it took. */
const restFactor = 2;

/** A listing that took no longer needs no rest: it is a few calls. */
const shortMs = 5_000;

/**
 * Asks for a fresh listing of an account; a worker begins within a second. A listing that is under way answers the wish. So
 * that asking again and again does not keep Chime busy with a large account, each listing is followed by a rest.
 */
export async function refreshDirectory(db: Database, accountId: string): Promise<Refresh> {
  const { rows } = await sql<{ until: Date | null }>`
    with account as (
      select id, sync_started_at is not null as is_under_way,
        case when sync_touched_at - coalesce(listing_started_at, complete_as_of) > ${shortMs} * interval '1 millisecond'
          then sync_touched_at + ${restFactor} * (sync_touched_at - coalesce(listing_started_at, complete_as_of))
        end as rests_until
      from accounts where id = ${accountId} for update
    ), asked as (
      update accounts set sync_wanted = true from account
      where accounts.id = account.id and not is_under_way
        and coalesce(rests_until, '-infinity') <= clock_timestamp()
    )
    select case when not is_under_way and rests_until > clock_timestamp() then rests_until end as until
    from account`.execute(db);
  const until = rows[0]?.until;
  if (until) return { state: 'resting', until: until.toISOString() };
  await callWorkers(db);
  return { state: 'asked' };
}
