import { findEntriesByRequestId } from '../audit/store.ts';
import type { Database } from '../db/database.ts';
import { findList } from '../lists/store.ts';
import { cleanPerson, trimmed, visible } from '../people/clean-person.ts';
import { type PersonRef, uuidFrom } from '../people/person-ref.ts';
import { resolvePeople } from '../people/resolve-people.ts';
import { cellsOf } from './counts-store.ts';
import type { UserFilter } from './filter.ts';
import { wordsOf } from './search-words.ts';
import { findUser } from './store.ts';
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
  const { entries, unread } = (await findList(db, accountId, id)) ?? { entries: [], unread: [] };
  const refs = entries.map(refFrom);
  const matches = await resolvePeople(db, accountId, refs);
  const named = entries.map((entry, index) => ({ entry, match: matches[index] }));
  return {
    only: matches.flatMap((match) => (match.kind === 'found' ? [match.person.id] : [])),
    list: {
      asked: entries.length,
      missing: named.flatMap(({ entry, match }) => (match?.kind === 'missing' ? [entry] : [])),
      unclear: named.flatMap(({ entry, match }) =>
        match?.kind === 'unclear' ? [{ entry, cause: match.cause, candidates: match.candidates }] : [],
      ),
      unread,
    },
  };
}

/** Whom an entry of a list means. One that was kept before entries were read as they are now is an ID. */
function refFrom(entry: string): PersonRef {
  const cleaned = cleanPerson(entry);
  return 'ref' in cleaned ? cleaned.ref : { userId: entry, email: null, upn: null };
}

async function findRequested(db: Database, accountId: string, search: string) {
  const id = uuidFrom(trimmed(visible(search)));
  if (id === undefined || (await findUser(db, accountId, id))) return undefined;
  const entries = await findEntriesByRequestId(db, accountId, id);
  const [newest] = entries;
  if (!newest) return undefined;
  const userIds = entries.flatMap(({ user }) => (user ? [user.id] : []));
  return { request: newest, only: [...new Set(userIds)] };
}
