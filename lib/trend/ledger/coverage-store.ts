import { sql } from 'kysely';
import type { Executor } from '../../db/database.ts';

/** A time in which nobody saw an account; `until` is null while it lasts. `because`: the failure of its last listing, or null. */
export type Unseen = { accountId: string; from: Date; until: Date | null; because: string | null };

/** After so many minutes without a complete listing an account counts as not seen. */
const unseenAfterMinutes = 60;

/** When these accounts were not seen between two moments, oldest first. */
export async function findUnseen(db: Executor, accountIds: string[], from: Date, until: Date): Promise<Unseen[]> {
  const { rows } = await sql<Unseen>`
    with gaps as (
      select account_id, lag(seen_until) over (partition by account_id order by seen_from) as from_at, seen_from as until_at,
        unseen_because as because
      from coverage where account_id = any(${accountIds})
      union all
      select account_id, max(seen_until), null, sync_failure
      from coverage join accounts on accounts.id = account_id
      where account_id = any(${accountIds}) group by account_id, sync_failure
      having max(seen_until) < clock_timestamp() - ${unseenAfterMinutes} * interval '1 minute'
    )
    select account_id as "accountId", ${afterwards(sql`from_at`)} as "from", ${afterwards(sql`until_at`)} as until, because
    from gaps
    where from_at is not null and from_at < ${until} and coalesce(until_at, 'infinity') > ${from}
    order by from_at, account_id`.execute(db);
  return rows;
}

/** The first whole millisecond after a moment: what was seen at that moment is before it, also as a Date. */
const afterwards = (moment: ReturnType<typeof sql>) =>
  sql<Date>`date_trunc('milliseconds', ${moment}) + interval '1 millisecond'`;
