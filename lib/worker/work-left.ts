import { sql } from 'kysely';
import { withinScope } from '../accounts/store.ts';
import type { Deps } from '../chime/deps.ts';
import { log } from '../log/log.ts';

/** Work in accounts that Carillon does not look after, and so does not do. */
export type WorkLeft = { accounts: number; batches: number; endings: number; changes: number };

/** How much work is left in accounts that CHIME_ACCOUNTS does not name: batches and plans for a time that have not ended, and open changes. */
export async function workLeft({ db, chime }: Deps): Promise<WorkLeft> {
  const isOutside = sql`not ${withinScope(chime.accounts, sql.ref('account_id'))}`;
  const { rows } = await sql<WorkLeft>`
    with work as (
      select account_id, 'batch' as kind from batches
      where state in ('waiting', 'scheduled', 'starting', 'running', 'paused') and ${isOutside}
      union all
      select account_id, 'ending' from endings where state in ('planned', 'running') and ${isOutside}
      union all
      select account_id, 'change' from changes where state in ('pending', 'unknown') and ${isOutside}
    )
    select count(distinct account_id)::int as accounts, count(*) filter (where kind = 'batch')::int as batches,
      count(*) filter (where kind = 'ending')::int as endings, count(*) filter (where kind = 'change')::int as changes
    from work`.execute(db);
  return rows[0] ?? { accounts: 0, batches: 0, endings: 0, changes: 0 };
}

/** Says in the log how much of it there is. Never throws: a worker that cannot count it works all the same. */
export async function tellWorkLeft(deps: Deps): Promise<void> {
  try {
    const left = await workLeft(deps);
    if (left.accounts > 0) log.warn(left, 'Accounts that are not in CHIME_ACCOUNTS have work left');
  } catch (error) {
    log.error({ err: error }, 'Could not count what is left in accounts that are not in CHIME_ACCOUNTS');
  }
}
