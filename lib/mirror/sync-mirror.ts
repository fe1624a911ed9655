import { saveAccount } from '../accounts/store.ts';
import type { Page } from '../chime/chime.ts';
import type { Deps } from '../chime/deps.ts';
import { readWithRetries } from '../chime/read-with-retries.ts';
import { takeTurn } from '../chime/turn.ts';
import { isUniqueViolation } from '../db/database.ts';
import { callWorkers, tell } from '../events/tell.ts';
import { Refusal } from '../failures.ts';
import { inSpan } from '../traces/spans.ts';
import type { User } from '../users/user.ts';
import {
  beginDueListing,
  countNamedTwice,
  failListing,
  findUnnamed,
  finishListing,
  holdListing,
  type Listing,
  notePage,
  refreshSizes,
  refreshStatistics,
  releaseListing,
  removeUsers,
} from './listings-store.ts';
import { compareWithMirror, keepReading } from './mirror-store.ts';
import { readUser } from './read-user.ts';

/** Learns which of the accounts that Carillon looks after there are. Throws a `ChimeRefusal`. */
export function syncAccounts(deps: Deps, signal?: AbortSignal): Promise<void> {
  return inSpan({ name: 'learn the accounts' }, () => readAccounts(deps, signal));
}

async function readAccounts(deps: Deps, signal?: AbortSignal): Promise<void> {
  const seen = new Set<string>();
  let token: string | null = null;
  do {
    const page: Page<Parameters<typeof saveAccount>[1]> = await listAccounts(deps, token, signal);
    for (const account of page.items) await saveAccount(deps.db, account);
    token = page.next;
    if (token !== null && seen.has(token)) throw new Refusal('unreadable', 'Chime repeated a page token.');
    if (token !== null) seen.add(token);
  } while (token !== null);
}

async function listAccounts(deps: Deps, token: string | null, signal?: AbortSignal) {
  const turn = await takeTurn(deps, 'reading', { signal });
  return turn.call(() => deps.chime.listAccounts(token, signal));
}

/** People who Chime has been asked about, at a moment of the database's clock. */
export type OnPage = (page: { accountId: string; userIds: string[]; readAt: Date }) => Promise<void>;

/** How the listing of an account went: what Chime refuses is recorded, not thrown. */
export type Synced = { accountId: string; failure?: string };

/**
 * Brings the mirror of one account that is due up to date, page by page, from where a listing that broke off stood.
 * A person is removed only if Chime says that they are gone. Undefined when no account is due. `onPage`: told of each page, once it
 * is in the mirror.
 */
export async function syncDueAccount(
  deps: Deps,
  signal?: AbortSignal,
  onPage: OnPage = async () => {},
): Promise<Synced | undefined> {
  const listing = await deps.db.transaction().execute((trx) => beginDueListing(trx, deps.chime.accounts));
  if (!listing) return undefined;
  const facts = { 'carillon.account_id': listing.accountId };
  return inSpan({ name: 'list an account', facts }, async (note) => {
    const synced = await syncAccount(deps, listing, onPage, signal);
    note({ 'carillon.outcome': synced.failure ?? 'ok' });
    return synced;
  });
}

async function syncAccount(deps: Deps, listing: Listing, onPage: OnPage, signal?: AbortSignal): Promise<Synced> {
  const { accountId } = listing;
  await tell(deps.db, { kind: 'sync', accountId });
  try {
    await readListing(deps, listing, onPage, signal);
    await removeUnnamed(deps, listing, signal);
    if (listing.isFirst) await refreshStatistics(deps.db);
    return { accountId };
  } catch (error) {
    if (error instanceof TakenOver) return { accountId };
    if (signal?.aborted) {
      await releaseListing(deps.db, listing);
      return { accountId };
    }
    if (error instanceof Refusal) await failListing(deps.db, listing, error.code, isContradictory(error, listing));
    else await failListing(deps.db, listing, 'unexpected', false);
    if (!(error instanceof Refusal)) throw error;
    return { accountId, failure: error.code };
  } finally {
    await tell(deps.db, { kind: 'sync', accountId });
    await callWorkers(deps.db);
  }
}

/** Somebody else goes on with the listing. */
class TakenOver extends Error {}

/** The pages of a listing contradict each other, or what Chime says of a single person. */
class Contradiction extends Refusal {
  constructor(message: string) {
    super('unreadable', message);
  }
}

/** A token that Chime does not take back any more ends the listing it belonged to as well. */
const isContradictory = (error: Refusal, listing: Listing) =>
  error instanceof Contradiction || (error.code === 'bad-request' && listing.pages > 0);

/** After so many pages, a first listing has made its account ten times larger. */
const sizesRefreshedAt = new Set([1, 10, 100, 1_000]);

/** Reads all pages that are left. While one is written, the next is on its way. */
async function readListing(deps: Deps, listing: Listing, onPage: OnPage, signal?: AbortSignal): Promise<void> {
  if (listing.pages > 0 && listing.token === null) return;
  let writing = Promise.resolve();
  let page = listing.pages;
  let token = listing.token;
  try {
    do {
      const read = await readWithRetries(
        deps,
        (turn) => turn.call(() => deps.chime.listUsers(listing.accountId, token, signal)),
        signal,
      );
      await writing;
      page += 1;
      token = read.answer.next;
      const { items: users, leftOut } = read.answer;
      const { readAt } = read;
      writing = keepPage(deps, listing, { page, users, leftOut, readAt, next: token }).then(async () => {
        if (listing.isFirst && sizesRefreshedAt.has(page)) await refreshSizes(deps.db);
        await onPage({ accountId: listing.accountId, userIds: users.map(({ id }) => id), readAt });
      });
      writing.catch(() => undefined); // awaited below; until then a rejection would count as unhandled
    } while (token !== null);
  } finally {
    await writing;
  }
}

type ListedPage = { page: number; users: User[]; leftOut: number; readAt: Date; next: string | null };

/** Writes a page down, with where it leads to: after a crash there are both or neither. */
async function keepPage({ db }: Deps, listing: Listing, listed: ListedPage): Promise<void> {
  const { page, users, leftOut, readAt, next } = listed;
  const { accountId, id: requestId } = listing;
  const ids = users.map(({ id }) => id);
  if (new Set(ids).size < ids.length) throw new Contradiction('Chime listed a person twice on one page.');
  try {
    await db.transaction().execute(async (trx) => {
      if (!(await holdListing(trx, listing, users.length, leftOut))) throw new TakenOver();
      const { same, other } = await compareWithMirror(trx, accountId, users);
      const different = await keepReading(trx, { accountId, users: other, readAt, requestId, by: 'listing' });
      await notePage(trx, listing, page, { numbers: same, ids: other.map(({ id }) => id) }, next);
      if (different.length > 0) await tell(trx, { kind: 'changed', accountId, userIds: different });
      await tell(trx, { kind: 'sync', accountId });
    });
  } catch (error) {
    if (isUniqueViolation(error, 'listing_pages_token')) throw new Contradiction('Chime repeated a page token.');
    throw error;
  }
}

const checkedAtOnce = 8;

/**
 * Completes a listing. A person who was not named is removed only when Chime, asked for that person, says there is no such one:
 * a page that got lost on the way removes nobody. Somebody who is there after all proves the listing incomplete.
 */
async function removeUnnamed(deps: Deps, listing: Listing, signal?: AbortSignal): Promise<void> {
  const { db } = deps;
  const { accountId } = listing;
  if ((await countNamedTwice(db, listing)) > 0) throw new Contradiction('Chime listed a person on two pages.');
  for (;;) {
    const unnamed = await findUnnamed(db, listing, 1_000);
    if (unnamed.length === 0) break;
    for (let first = 0; first < unnamed.length; first += checkedAtOnce) {
      const some = unnamed.slice(first, first + checkedAtOnce);
      await Promise.all(some.map((userId) => expectGone(deps, accountId, userId, signal)));
      await db.transaction().execute(async (trx) => {
        if (!(await holdListing(trx, listing, 0))) throw new TakenOver();
        await removeUsers(trx, listing, some);
        await tell(trx, { kind: 'changed', accountId, userIds: some });
      });
    }
  }
  await db.transaction().execute(async (trx) => {
    if (!(await holdListing(trx, listing, 0))) throw new TakenOver();
    await finishListing(trx, listing);
  });
}

async function expectGone(deps: Deps, accountId: string, userId: string, signal?: AbortSignal): Promise<void> {
  try {
    await readWithRetries(deps, (turn) => readUser(deps, accountId, userId, turn, signal), signal);
  } catch (error) {
    if (error instanceof Refusal && error.code === 'not-found') return;
    throw error;
  }
  throw new Contradiction('Chime left a person out of its listing.');
}
