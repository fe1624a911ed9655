import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Scope } from '../accounts/scope.ts';
import { withinScope } from '../accounts/store.ts';
import { appendEntries, type NewFacts } from '../audit/append-entries.ts';
import { momentText } from '../audit/ledger-store.ts';
import type { Database, Executor } from '../db/database.ts';
import { holdUsers } from '../users/store.ts';

/** A listing under way: which one it is, since when by the database's clock, and what has been read of it before. */
export type Listing = {
  id: string;
  accountId: string;
  generation: string;
  startedAt: Date;
  /** Pages read by the worker before, and where they lead to. */
  pages: number;
  token: string | null;
  /** Whether no listing of this account has come to its end before. */
  isFirst: boolean;
};

/** A worker that says nothing for this many seconds has lost its listing to the next worker. */
const silenceSeconds = 30;

/** An account of which nothing has been read for this many seconds is due for another listing. */
const dueAfterSeconds = 180;

/** After a listing that failed, the next one waits this long. */
const againAfterSeconds = 15;

/** A listing that broke off is gone on with only when it is younger than this: its beginning is how fresh it makes us. */
const resumableSeconds = 600;

/** Whether the account of the row `accounts` is one of a scope that needs a listing, and nobody is at it. */
export const isDueForListing = (scope: Scope) => sql`(
  ${withinScope(scope, sql.ref('accounts.id'))}
  and (sync_started_at is null or sync_touched_at < clock_timestamp() - ${silenceSeconds} * interval '1 second')
  and (sync_wanted or (
    (complete_as_of is null or listing_started_at is not null
      or sync_touched_at < clock_timestamp() - ${dueAfterSeconds} * interval '1 second')
    and coalesce(sync_failed_at, '-infinity') < clock_timestamp() - ${againAfterSeconds} * interval '1 second')))`;

/**
 * Takes the account in a scope that most needs a listing, if one is due and nobody is at it. A listing that was broken off goes on
 * where it stood, unless it is old or the operator has asked for a fresh one. Runs in the caller's transaction.
 */
export async function beginDueListing(db: Executor, scope: Scope): Promise<Listing | undefined> {
  const { rows } = await sql<BegunRow>`
    with due as (
      select id, last.page, last.next_token,
        last.next_token is not null and listing_started_at > clock_timestamp() - ${resumableSeconds} * interval '1 second'
          and (not sync_wanted or complete_as_of is null or sync_started_at is not null) as resumed
      from accounts left join lateral (
        select page, next_token from listing_pages where account_id = accounts.id order by page desc limit 1
      ) last on true
      where ${isDueForListing(scope)}
      order by sync_wanted desc, complete_as_of nulls first
      limit 1 for update of accounts skip locked
    )
    update accounts set generation = generation + 1, sync_touched_at = clock_timestamp(),
      sync_started_at = clock_timestamp(), sync_wanted = sync_wanted and resumed,
      sync_read = case when resumed then sync_read else 0 end,
      sync_left_out = case when resumed then sync_left_out else 0 end,
      listing_started_at = case when resumed then listing_started_at else clock_timestamp() end,
      listing_id = case when resumed then listing_id else ${randomUUID()}::uuid end
    from due where accounts.id = due.id
    returning accounts.id, generation, listing_id, listing_started_at, complete_as_of, resumed, page, next_token`.execute(
    db,
  );
  const [row] = rows;
  if (!row) return undefined;
  if (!row.resumed) await forgetPages(db, row.id);
  return {
    id: row.listing_id,
    accountId: row.id,
    generation: row.generation,
    startedAt: row.listing_started_at,
    pages: row.resumed ? row.page : 0,
    token: row.resumed ? row.next_token : null,
    isFirst: row.complete_as_of === null,
  };
}

type BegunRow = {
  id: string;
  generation: string;
  listing_id: string;
  listing_started_at: Date;
  complete_as_of: Date | null;
  resumed: boolean;
  page: number;
  next_token: string | null;
};

/**
 * Takes hold of the listing for the rest of the transaction and notes that so many people more have been read, and so many
 * left out. False when somebody else has taken it over: then nothing more may be written for it.
 */
export async function holdListing(db: Executor, listing: Listing, people: number, leftOut = 0): Promise<boolean> {
  const { rows } = await sql`
    update accounts set sync_touched_at = clock_timestamp(), sync_read = sync_read + ${people},
      sync_left_out = sync_left_out + ${leftOut}
    where id = ${listing.accountId} and generation = ${listing.generation} and sync_started_at is not null
    returning id`.execute(db);
  return rows.length > 0;
}

/**
 * Notes the people that a page named, those whose numbers are known and others by ID, and where it leads to. Throws PostgreSQL's 23505
 * when an earlier page has led there.
 */
export async function notePage(
  db: Executor,
  { accountId }: Listing,
  page: number,
  named: { numbers: string[]; ids: string[] },
  next: string | null,
): Promise<void> {
  await sql`
    insert into listing_pages (account_id, page, next_token, named)
    select ${accountId}, ${page}, ${next}, ${named.numbers}::bigint[] || coalesce(array_agg(users.seq), '{}')
    from unnest(${named.ids}::text[]) as named (id)
    cross join lateral (select seq from users where account_id = ${accountId} and users.id = named.id offset 0) users`.execute(
    db,
  );
}

/** How many people more than one page of the listing has named. */
export async function countNamedTwice(db: Executor, { accountId }: Listing): Promise<number> {
  const { rows } = await sql<{ twice: string }>`
    select count(*) - count(distinct seq) as twice
    from listing_pages, unnest(named) as seq where account_id = ${accountId}`.execute(db);
  return Number(rows[0]?.twice ?? 0);
}

/** Up to so many people that no page of the listing named, and that were not read since it began. */
export async function findUnnamed(db: Executor, { accountId, startedAt }: Listing, most: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with named as materialized (
      select seq from listing_pages, unnest(named) as seq where account_id = ${accountId}
    )
    select users.id from users left join named on named.seq = users.seq
    where users.account_id = ${accountId} and named.seq is null and users.read_at < ${startedAt}
    limit ${most}`.execute(db);
  return rows.map(({ id }) => id);
}

/** Takes people who are no longer in Chime out of the mirror, with an audit entry each. */
export async function removeUsers(db: Executor, listing: Listing, userIds: string[]): Promise<void> {
  await holdUsers(db, listing.accountId, userIds);
  const { rows } = await sql<NewFacts>`
    with gone as (
      delete from users where account_id = ${listing.accountId} and id = any(${userIds})
      returning id, coalesce(name, email, id) as person, email, license, read_at
    )
    select 'outside' as action, 'applied' as outcome, ${listing.id} as "requestId", ${listing.accountId} as "accountId",
      gone.id as "userId", person as "userName", email as "userEmail", license as "from", 'left' as fact, license as was,
      ${momentText(sql`greatest(read_at, complete_as_of)`)} as since
    from gone, accounts where accounts.id = ${listing.accountId}`.execute(db);
  await appendEntries(db, rows);
}

/** Notes that the listing is complete: what we hold is as of its beginning. */
export async function finishListing(db: Executor, listing: Listing): Promise<void> {
  const { rows } = await sql<{ failure: string | null }>`
    update accounts set complete_as_of = ${listing.startedAt}, sync_started_at = null, listing_started_at = null,
      sync_failure = null, sync_failed_at = null, left_out = sync_left_out
    where id = ${listing.accountId} returning old.sync_failure as failure`.execute(db);
  await forgetPages(db, listing.accountId);
  await recordSeen(db, listing, rows[0]?.failure ?? null);
}

/**
 * Tells PostgreSQL at once what the table of people is like now: left to itself it finds out minutes later, and plans
 * searches of a million people as if there were none.
 */
export async function refreshStatistics(db: Database): Promise<void> {
  await sql`vacuum (analyze) users`.execute(db);
}

/**
 * Tells PostgreSQL how large each account is: it believes one that it has not seen yet to be empty, and then reads all of its people to
 * find one. Does nothing where the table is being looked at already.
 */
export async function refreshSizes(db: Database): Promise<void> {
  await sql`analyze (skip_locked) users (account_id)`.execute(db);
}

/** Listings of which the next begins within so many minutes after one was complete have no gap between. */
const coherentMinutes = 60;

/**
 * Notes that all of the account has been seen up to now. What is known of its counts begins with the first time; after a
 * gap, what was seen in it may have happened any time since it began.
 */
async function recordSeen(db: Executor, { accountId, startedAt }: Listing, failure: string | null): Promise<void> {
  await sql`
    with prolonged as (
      update coverage set seen_until = greatest(seen_until, clock_timestamp())
      where account_id = ${accountId}
        and seen_from = (select max(seen_from) from coverage where account_id = ${accountId})
        and seen_until >= ${startedAt}::timestamptz - ${coherentMinutes} * interval '1 minute'
      returning 1
    )
    insert into coverage (account_id, seen_from, seen_until, unseen_because)
    select ${accountId}, clock.now, clock.now, ${failure} from (select clock_timestamp() as now) clock
    where not exists (select from prolonged)
    on conflict (account_id, seen_from) do nothing`.execute(db);
  await sql`
    insert into count_ledgers (account_id, known_from) values (${accountId}, clock_timestamp())
    on conflict (account_id) do nothing`.execute(db);
}

/**
 * Notes why the listing did not come to its end; what was read stays, nobody is removed. Where its pages contradict each
 * other the next one begins anew, otherwise it goes on from here.
 */
export async function failListing(db: Executor, listing: Listing, code: string, contradictory: boolean): Promise<void> {
  await sql`
    update accounts set sync_started_at = null, sync_failure = ${code}, sync_failed_at = clock_timestamp()
    where id = ${listing.accountId} and generation = ${listing.generation}`.execute(db);
  if (contradictory) await forgetPages(db, listing.accountId);
}

/** Leaves an unfinished listing to the next worker, at once. */
export async function releaseListing(db: Executor, listing: Listing): Promise<void> {
  await sql`
    update accounts set sync_started_at = null
    where id = ${listing.accountId} and generation = ${listing.generation}`.execute(db);
}

async function forgetPages(db: Executor, accountId: string): Promise<void> {
  await db.deleteFrom('listing_pages').where('account_id', '=', accountId).execute();
}
