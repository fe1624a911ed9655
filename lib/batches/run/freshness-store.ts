import { sql } from 'kysely';
import type { Scope } from '../../accounts/scope.ts';
import { withinScope } from '../../accounts/store.ts';
import { maxTogether, pageSize } from '../../chime/chime.ts';
import type { Executor } from '../../db/database.ts';
import { prepared } from '../../db/prepared.ts';
import { callWorkers } from '../../events/tell.ts';

/*
 * A person of a batch is fresh when Chime was asked what they have after the batch began: alone, by a page of a listing, or by a
 * listing that is complete. Only fresh people are sent.
 */

/** Whether everybody in the account has been listed since the batch of the row `batches` began. */
const isListed = sql`exists (
  select from accounts where accounts.id = batches.account_id and complete_as_of >= batches.fresh_since)`;

/** Of `items`, beside their row of `batches`: who waits to be sent, and is known as of then, or not yet. */
export const isFresh = sql`(items.state = 'waiting' and items.read_at >= batches.fresh_since)`;
const isUnread = sql`(items.read_at is null or items.read_at < batches.fresh_since)`;
const isStale = sql`(items.state = 'waiting' and ${isUnread})`;
const itemsOfBatch = sql`batch_items items where items.batch_id = batches.id`;

/**
 * Whether people can be sent now: a whole call of them, so that no call is spent on a few, or all who are left. Where everybody has
 * been listed, anybody who is due.
 */
export const isReady = sql`(
  case when ${isListed} then exists (select from ${itemsOfBatch} and items.state = 'waiting' and ${isDue()})
  else (select count(*) from (select from ${itemsOfBatch} and ${isFresh} and ${isDue()} limit ${maxTogether}) ready) = ${maxTogether}
    or (exists (select from ${itemsOfBatch} and ${isFresh} and ${isDue()}) and not exists (select from ${itemsOfBatch} and ${isStale}))
  end)`;

function isDue() {
  return sql`coalesce(items.not_before, '-infinity') <= clock_timestamp()`;
}

/** Batches that begin now need everybody as of now. Until then nobody is read for them: who reads is called. */
export async function beginReading(db: Executor): Promise<void> {
  const { rows } = await sql`
    update batches set fresh_since = clock_timestamp() where state = 'starting' and fresh_since is null
    returning id`.execute(db);
  if (rows.length > 0) await callWorkers(db);
}

/** The calls it takes to list what is left of an account: of a listing under way, the pages that have not been read. */
const pagesLeft = sql`greatest(1, ceil((
    select coalesce(sum(people), 0) from user_counts where user_counts.account_id = accounts.id) / ${pageSize}::numeric)
  - case when sync_started_at is null then 0 else (
    select coalesce(max(page), 0) from listing_pages where listing_pages.account_id = accounts.id) end)`;

/** Batches beside their accounts that are not listed yet, with how many are stale: no more than it takes to compare. */
const unread = sql`
  batches join accounts on accounts.id = batches.account_id
  cross join lateral (select ${pagesLeft} as pages) listing
  cross join lateral (
    select count(*) as people from (select from ${itemsOfBatch} and ${isStale} limit listing.pages + 1) counted
  ) stale`;

const wantsReading = sql`
  state in ('starting', 'running') and coalesce(complete_as_of, '-infinity') < fresh_since and stale.people > 0`;

/**
 * Asks for a listing of accounts in which more people of a batch are stale than it would take calls, unless one is under way or
 * failed just now. Fewer are read one by one.
 */
export async function askForListings(db: Executor): Promise<void> {
  const { rows } = await sql`
    update accounts set sync_wanted = true
    where id in (
      select accounts.id from ${unread}
      where ${wantsReading} and stale.people > listing.pages and not sync_wanted and sync_started_at is null
        and coalesce(sync_failed_at, '-infinity') < clock_timestamp() - interval '5 seconds')
    returning id`.execute(db);
  if (rows.length > 0) await callWorkers(db);
}

/** People of one batch to read one by one. */
export type NextToRead = { batchId: string; accountId: string; userIds: string[] };

/** A worker that says nothing for this many seconds leaves who it reads to the next one. */
const readingSeconds = 30;

/**
 * Takes up to 20 people of a batch in a scope who are read sooner one by one than by what is left of a listing; undefined when
 * there are none, or another worker is at them.
 */
export async function takeUnread(db: Executor, scope: Scope): Promise<NextToRead | undefined> {
  const { rows } = await sql<NextToRead>`
    with next as (
      select batches.id from ${unread}
      where ${wantsReading} and stale.people <= listing.pages
        and coalesce(held_until, '-infinity') <= clock_timestamp()
        and coalesce(reading_until, '-infinity') <= clock_timestamp()
        and ${withinScope(scope, sql.ref('batches.account_id'))}
      order by submitted_at limit 1 for no key update of batches
    )
    update batches set reading_until = clock_timestamp() + ${readingSeconds} * interval '1 second'
    from next where batches.id = next.id
    returning batches.id as "batchId", account_id as "accountId", array(
      select user_id from ${itemsOfBatch} and ${isStale} order by position limit ${maxTogether}) as "userIds"`.execute(
    db,
  );
  return rows[0];
}

/** Leaves the people of a batch who have not been read to any worker. */
export async function endReading(db: Executor, batchId: string): Promise<void> {
  await sql`update batches set reading_until = null where id = ${batchId}::uuid`.execute(db);
}

/**
 * Notes that Chime was asked after these people at a moment of the database's clock. Who is being taken by a worker just now is
 * left out, and read again where that was not enough. They are found by their own IDs, one step after the other, and with the state as a
 * value, because their batch may have very many more people (docs/decisions/some-statements-are-prepared.md).
 */
export async function noteRead(
  db: Executor,
  { accountId, userIds, readAt }: { accountId: string; userIds: string[]; readAt: Date },
): Promise<void> {
  const { rows } = await sql`${prepared}
    with open as materialized (
      select batch_id, position from unnest(${userIds}::text[]) as named (id)
        join batch_items on user_id = named.id and batch_items.state in ('waiting', 'sent')
    ), begun as materialized (
      select batch_id, position, fresh_since, 'waiting' as waiting from open join batches on batches.id = open.batch_id
      where account_id = ${accountId} and state in ('starting', 'running') and fresh_since <= ${readAt}
    )
    update batch_items set read_at = ${readAt}
    from (
      select items.batch_id, items.position from begun batches
        join batch_items items on items.batch_id = batches.batch_id and items.position = batches.position
      where items.state = batches.waiting and ${isUnread}
      for update of items skip locked
    ) stale
    where batch_items.batch_id = stale.batch_id and batch_items.position = stale.position
    returning 1`.execute(db);
  if (rows.length > 0) await callWorkers(db);
}

/** Batches run as soon as people of theirs can be sent. One about nobody is done at once. */
export async function runRead(db: Executor): Promise<void> {
  const { rows } = await sql`
    update batches set state = case when total = 0 then 'done' else 'running' end,
      started_at = coalesce(started_at, clock_timestamp()), ended_at = case when total = 0 then clock_timestamp() end
    where state = 'starting' and fresh_since is not null and (total = 0 or ${isListed} or ${isReady})
    returning id`.execute(db);
  if (rows.length > 0) await callWorkers(db);
}

/** Whether everybody of a batch is fresh by a listing, and if not, whether anybody has not been read yet. */
export async function freshnessOfBatch(
  db: Executor,
  batchId: string,
): Promise<{ isWholeListed: boolean; isAnyStale: boolean }> {
  const { rows } = await sql<{ isWholeListed: boolean; isAnyStale: boolean }>`${prepared}
    select is_listed as "isWholeListed",
      not is_listed and exists (select from ${itemsOfBatch} and ${isStale}) as "isAnyStale"
    from batches cross join lateral (select ${isListed} as is_listed) listing
    where id = ${batchId}::uuid`.execute(db);
  return rows[0] ?? { isWholeListed: false, isAnyStale: false };
}

/** People who have not been read yet. */
export type Unread = { people: number; isOneByOne: boolean };

/** How many people of a batch that has begun wait to be read, and whether one by one: null when nobody does. */
export async function countUnread(db: Executor, batchId: string): Promise<Unread | null> {
  const { rows } = await sql<Unread>`
    select least(batches.total, (select count(*) from ${itemsOfBatch} and ${isStale}))::integer as people,
      stale.people <= listing.pages as "isOneByOne"
    from ${unread} where batches.id = ${batchId}::uuid and ${wantsReading}`.execute(db);
  return rows[0] ?? null;
}
