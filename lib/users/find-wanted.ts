import { findEntriesByRequestId } from '../audit/store.ts';
import type { Database } from '../db/database.ts';
import { findList } from '../lists/store.ts';
import { cellsOf } from './counts-store.ts';
import type { UserFilter } from './filter.ts';
import { wordsOf } from './search-words.ts';
import { findNamed, findUser } from './store.ts';
import { foldForSearch } from './user.ts';
import type { Wanted } from './wanted.ts';

/**
 * Whom a filter asks for. A pasted list narrows to whom it names; one that this account does not have, or not any more,
 * names nobody: it was `asked` for 0 people. A request ID as the search stands for whom that request was about.
 */
export async function findWanted(db: Database, accountId: string, filter: UserFilter): Promise<Wanted> {
  const [cells, listed, requested] = await Promise.all([
    cellsOf(db, accountId),
    filter.list === null ? undefined : findListed(db, accountId, filter.list),
    findRequested(db, accountId, filter.search),
  ]);
  const wanted = { accountId, filter, cells, words: wordsOf(filter.search), only: null };
  if (requested) return { ...wanted, words: [], ...requested };
  return { ...wanted, ...listed };
}

async function findListed(db: Database, accountId: string, id: string): Promise<Pick<Wanted, 'only' | 'list'>> {
  const entries = (await findList(db, accountId, id)) ?? [];
  const named = await findNamed(db, accountId, entries);
  const known = new Set(named.flatMap(({ id, sort_email }) => [foldForSearch(id), sort_email]));
  const missing = entries.filter((entry) => !known.has(foldForSearch(entry)));
  return { only: named.map(({ id }) => id), list: { asked: entries.length, missing } };
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

async function findRequested(db: Database, accountId: string, search: string) {
  const id = search.trim();
  if (!uuid.test(id)) return undefined;
  if (await findUser(db, accountId, id.toLowerCase())) return undefined;
  const entries = await findEntriesByRequestId(db, accountId, id);
  const [newest] = entries;
  if (!newest) return undefined;
  const userIds = entries.flatMap(({ user }) => (user ? [user.id] : []));
  return { request: newest, only: [...new Set(userIds)] };
}
