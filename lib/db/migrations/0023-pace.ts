import { type Kysely, sql } from 'kysely';

/**
 * The pace of calls as it is learnt and probed now, with who waits for a turn. What was learnt before goes: it may have
 * been learnt far too low, and is learnt anew within seconds.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`drop table chime_pace`.execute(db);
  await sql`
    create table chime_pace (
      endpoint text primary key,
      per_second float8,
      met_at timestamptz not null default 'epoch',
      met_in_a_row integer not null default 0,
      granted integer not null default 0,
      next_at timestamptz not null default 'epoch',
      paused_until timestamptz not null default 'epoch',
      probe_since timestamptz,
      probe_granted integer not null default 0,
      probe_per_second float8 not null default 0,
      probe_faster_at timestamptz not null default 'epoch',
      changes_wait_until timestamptz not null default 'epoch',
      batches_wait_until timestamptz not null default 'epoch',
      readings_wait_until timestamptz not null default 'epoch',
      batches_passed_over integer not null default 0,
      readings_passed_over integer not null default 0
    )`.execute(db);
}
