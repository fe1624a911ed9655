import { sql } from 'kysely';
import type { Executor } from '../db/database.ts';

/** A listing under way: which one it is, and when it began by the database's clock. */
export type Sync = { accountId: string; generation: string; startedAt: Date };

/** A worker that says nothing for this many seconds has lost its listing to whoever comes next. */
const silenceSeconds = 30;

/** An account without a complete listing this young is due for another. */
const dueAfterSeconds = 180;

/** After a listing that failed, the next one waits this long. */
const againAfterSeconds = 15;

/** Begins a listing of the account that most needs one, if one is due and nobody is at it. */
export async function beginDueSync(db: Executor): Promise<Sync | undefined> {
  const { rows } = await sql<{ id: string; generation: string; sync_started_at: Date }>`
    with due as (
      select id from accounts
      where (sync_started_at is null or sync_touched_at < clock_timestamp() - ${silenceSeconds} * interval '1 second')
        and (sync_wanted
          or (coalesce(complete_as_of, '-infinity') < clock_timestamp() - ${dueAfterSeconds} * interval '1 second'
            and coalesce(sync_failed_at, '-infinity') < clock_timestamp() - ${againAfterSeconds} * interval '1 second'))
      order by sync_wanted desc, complete_as_of nulls first
      limit 1 for update skip locked
    )
    update accounts set generation = generation + 1, sync_started_at = clock_timestamp(),
      sync_touched_at = clock_timestamp(), sync_read = 0, sync_wanted = false
    from due where accounts.id = due.id
    returning accounts.id, generation, sync_started_at`.execute(db);
  const [row] = rows;
  return row && { accountId: row.id, generation: row.generation, startedAt: row.sync_started_at };
}

/** Notes that a page has been read. False when the listing has been taken over by somebody else. */
export async function touchSync(db: Executor, sync: Sync, people: number): Promise<boolean> {
  const { rows } = await sql`
    update accounts set sync_touched_at = clock_timestamp(), sync_read = sync_read + ${people}
    where id = ${sync.accountId} and generation = ${sync.generation} and sync_started_at is not null
    returning id`.execute(db);
  return rows.length > 0;
}

/** Notes that the listing is complete: what we hold is as of its beginning. */
export async function finishSync(db: Executor, sync: Sync): Promise<void> {
  await sql`
    update accounts set complete_as_of = ${sync.startedAt}, sync_started_at = null, sync_failure = null,
      sync_failed_at = null
    where id = ${sync.accountId} and generation = ${sync.generation}`.execute(db);
}

/** Notes why the listing did not come to its end; what was read stays, nobody is removed. */
export async function failSync(db: Executor, sync: Sync, code: string): Promise<void> {
  await sql`
    update accounts set sync_started_at = null, sync_failure = ${code}, sync_failed_at = clock_timestamp()
    where id = ${sync.accountId} and generation = ${sync.generation}`.execute(db);
}
