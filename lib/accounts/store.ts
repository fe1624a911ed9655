import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Executor } from '../db/database.ts';
import { isAnyWorkerThere } from '../events/heartbeat-store.ts';
import { callWorkers } from '../events/tell.ts';
import { type Account, type AccountInList, type Freshness, neverListed } from './account.ts';
import type { Scope } from './scope.ts';

const columns = ['id', 'name', 'type', 'status', 'default_license', 'supported_licenses'] as const;

type Row = {
  id: string;
  name: string;
  type: string | null;
  status: string | null;
  default_license: string | null;
  supported_licenses: string[];
};

const accountFrom = (row: Row): Account => ({
  id: row.id,
  name: row.name,
  type: row.type,
  status: row.status,
  defaultLicense: row.default_license,
  supportedLicenses: row.supported_licenses,
});

/** As a condition of a statement: the account is within a scope. */
export const withinScope = (scope: Scope, accountId: RawBuilder<unknown>): RawBuilder<SqlBool> =>
  scope === 'all' ? sql`true` : sql`${accountId} = any(${scope})`;

const id = sql.ref('id');

/** Every account in a scope that the mirror knows, by name. */
export async function listAccounts(db: Executor, scope: Scope): Promise<Account[]> {
  const rows = await db
    .selectFrom('accounts')
    .select(columns)
    .where(withinScope(scope, id))
    .orderBy('name')
    .orderBy('id')
    .execute();
  return rows.map(accountFrom);
}

/** Every account in a scope by name, with how many people are in it. */
export async function listAccountsWithPeople(db: Executor, scope: Scope): Promise<AccountInList[]> {
  const { rows } = await sql<{ id: string; name: string; type: string | null; people: string }>`
    select id, name, type, coalesce(people, 0) as people
    from accounts left join (
      select account_id, sum(people) as people from user_counts group by account_id
    ) counts on account_id = id
    where ${withinScope(scope, id)}
    order by name, id`.execute(db);
  return rows.map((row) => ({ ...row, people: Number(row.people) }));
}

/**
 * One account, or undefined where the mirror knows none of that ID, and where Carillon does not look after it: what the
 * mirror still holds of it is then as if it were not there.
 */
export async function findAccount(
  { db, chime }: { db: Executor; chime: { accounts: Scope } },
  accountId: string,
): Promise<Account | undefined> {
  const row = await db
    .selectFrom('accounts')
    .select(columns)
    .where('id', '=', accountId)
    .where(withinScope(chime.accounts, id))
    .executeTakeFirst();
  return row && accountFrom(row);
}

/** Writes down what Chime says of an account; what we know of its people stays. */
export async function saveAccount(db: Executor, account: Account): Promise<void> {
  const facts = {
    name: account.name,
    type: account.type,
    status: account.status,
    default_license: account.defaultLicense,
    supported_licenses: account.supportedLicenses,
  };
  await db
    .insertInto('accounts')
    .values({ id: account.id, ...facts })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(facts))
    .execute();
}

const freshnessColumns = [
  'complete_as_of',
  'sync_started_at',
  'sync_wanted',
  'sync_read',
  'sync_failure',
  'sync_failed_at',
  'left_out',
] as const;

type FreshnessRow = {
  complete_as_of: Date | null;
  sync_started_at: Date | null;
  sync_wanted: boolean;
  sync_read: number;
  sync_failure: string | null;
  sync_failed_at: Date | null;
  left_out: number;
};

/** How fresh our copy of an account is. */
export async function freshnessOf(db: Executor, accountId: string): Promise<Freshness> {
  const row = await db.selectFrom('accounts').select(freshnessColumns).where('id', '=', accountId).executeTakeFirst();
  if (!row) return neverListed;
  if (!isUnderWay(row)) return freshnessFrom(row, null, true);
  const [about, hasWorker] = await Promise.all([
    row.complete_as_of ? peopleIn(db, accountId) : null,
    isAnyWorkerThere(db),
  ]);
  return freshnessFrom(row, about, hasWorker);
}

/** The same of every account in a scope, by its ID. */
export async function freshnessOfAll(db: Executor, scope: Scope): Promise<Map<string, Freshness>> {
  const rows = await db
    .selectFrom('accounts')
    .select(['id', ...freshnessColumns])
    .where(withinScope(scope, id))
    .execute();
  const hasWorker = rows.some(isUnderWay) ? await isAnyWorkerThere(db) : true;
  return new Map(rows.map((row) => [row.id, freshnessFrom(row, null, hasWorker)]));
}

function freshnessFrom(row: FreshnessRow, about: number | null, hasWorker: boolean): Freshness {
  return {
    asOf: row.complete_as_of?.toISOString() ?? null,
    syncing: isUnderWay(row)
      ? {
          since: (row.sync_started_at ?? new Date()).toISOString(),
          read: row.sync_started_at ? row.sync_read : 0,
          about,
          hasWorker,
        }
      : null,
    failure:
      row.sync_failure && row.sync_failed_at ? { code: row.sync_failure, at: row.sync_failed_at.toISOString() } : null,
    leftOut: row.left_out,
  };
}

/** A listing that was asked for counts as under way: the caller waits for the end of it, however soon that comes. */
const isUnderWay = (row: { sync_started_at: Date | null; sync_wanted: boolean }) =>
  row.sync_started_at !== null || row.sync_wanted;

/** People of an account in the mirror. */
async function peopleIn(db: Executor, accountId: string): Promise<number> {
  const { people } = await db
    .selectFrom('user_counts')
    .select(({ fn }) => fn.coalesce(fn.sum<string>('people'), sql<string>`0`).as('people'))
    .where('account_id', '=', accountId)
    .executeTakeFirstOrThrow();
  return Number(people);
}

/** Asks for a fresh listing of an account; a worker begins within a second. */
export async function wantSync(db: Executor, accountId: string): Promise<void> {
  await sql`update accounts set sync_wanted = true where id = ${accountId}`.execute(db);
  await callWorkers(db);
}

/** After a listing, the next one that an operator asks for waits this many times as long as it took. */
const restFactor = 2;

/** A listing that took no longer needs no rest: it is a few calls. */
const shortMs = 5_000;

/**
 * The same, unless a listing is under way, which answers the wish, or the last one is followed by a rest: then nothing is
 * asked for, and the answer is when the rest is over. The caller tells the workers.
 */
export async function wantSyncAfterRest(db: Executor, accountId: string): Promise<Date | null> {
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
  return rows[0]?.until ?? null;
}
