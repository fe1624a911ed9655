import { sql } from 'kysely';
import { withinScope } from '../accounts/store.ts';
import type { Deps } from '../chime/deps.ts';

/** Work in accounts that Carillon does not look after, and so does not do. */
export type WorkLeft = { accounts: number; batches: number; endings: number; changes: number };

/** How much work is left in accounts that CHIME_ACCOUNTS does not name: batches and temporary plans that have not ended, and open changes. */
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
