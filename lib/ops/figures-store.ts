import { sql } from 'kysely';
import type { Scope } from '../accounts/scope.ts';
import { withinScope } from '../accounts/store.ts';
import type { Database } from '../db/database.ts';
import { isFitting } from '../db/schema-fit.ts';
import { workersThere } from '../events/heartbeat-store.ts';

/** How the whole installation is, as the database knows it. Ages are seconds; null where there is nothing of that age. */
export type Figures = {
  isWritable: boolean;
  /** Whether this program works with the schema as it is. */
  isFitting: boolean;
  /** The database's clock, in seconds since 1970. */
  now: number;
  accounts: { id: string; age: number }[];
  people: { account: string; license: string | null; people: number }[];
  changesOpen: number;
  changesUnknown: number;
  oldestChangeAge: number | null;
  oldestBatchAge: number | null;
  endingsOverdueAge: number | null;
  pacePerSecond: number | null;
  driftPeople: number;
  /** When a backup succeeded last, in seconds since 1970. */
  backupAt: number | null;
  workers: number;
};

/**
 * Asks for all of it in one statement, which the server ends after `ms` milliseconds. `accounts`: those that are looked after;
 * `endpoint`: whose pace is asked for.
 */
export async function readFigures(
  db: Database,
  { accounts, endpoint, ms }: { accounts: Scope; endpoint: string; ms: number },
): Promise<Figures> {
  return db.transaction().execute(async (trx) => {
    await sql`set local statement_timeout = ${sql.lit(ms)}`.execute(trx);
    const { rows } = await sql<Figures>`
      select not pg_is_in_recovery() and current_setting('transaction_read_only') = 'off' as "isWritable",
        ${isFitting} as "isFitting",
        extract(epoch from now)::float8 as now,
        (select coalesce(jsonb_agg(jsonb_build_object('id', id, 'age', extract(epoch from now - complete_as_of))), '[]')
          from accounts where complete_as_of is not null and ${withinScope(accounts, sql.ref('id'))}) as accounts,
        (select coalesce(jsonb_agg(sums), '[]') from (
          select account_id as account, license, sum(people) as people from user_counts
          where ${withinScope(accounts, sql.ref('account_id'))} group by 1, 2) sums) as people,
        open.*,
        (select extract(epoch from now - min(greatest(coalesce(start_at, submitted_at), served_at)))::float8 from batches
          where state = 'starting' or (state = 'scheduled' and start_at <= now)
            or (state = 'running' and coalesce(held_until, '-infinity') <= now)) as "oldestBatchAge",
        (select extract(epoch from now - min(ends_at))::float8 from endings
          where state in ('planned', 'running') and next_try_at <= now + interval '2 minutes' and ends_at <= now)
          as "endingsOverdueAge",
        (select per_second from chime_pace where endpoint = ${endpoint}) as "pacePerSecond",
        (select coalesce(sum(drift_people), 0)::float8 from count_ledgers) as "driftPeople",
        (select extract(epoch from succeeded_at)::float8 from backups) as "backupAt",
        ${workersThere} as workers
      from (select clock_timestamp() as now) clock, lateral (
        select count(*)::float8 as "changesOpen", count(*) filter (where state = 'unknown')::float8 as "changesUnknown",
          extract(epoch from now - min(requested_at))::float8 as "oldestChangeAge"
        from changes where state in ('pending', 'unknown')) open`.execute(trx);
    const [figures] = rows;
    if (!figures) throw new Error('The database gave no figures.');
    return figures;
  });
}
