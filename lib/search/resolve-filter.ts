import { findEntriesByRequestId } from '../audit/store.ts';
import type { Database } from '../db/database.ts';
import { findList } from '../lists/store.ts';
import { cleanPerson, namesIn, trimmed, visible } from '../matching/clean-person.ts';
import { type PersonRef, uuidFrom } from '../matching/person-ref.ts';
import { wordsOf } from '../matching/search-terms.ts';
import { findUser } from '../users/store.ts';
import { cellsOf } from './cells/cells-store.ts';
import type { UserFilter } from './filter.ts';
import { isAnybodyFound } from './find-users-store.ts';
import { resolvePeople } from './resolve-people-store.ts';
import type { WantedPeople } from './wanted-people.ts';

/**
 * The people that a filter asks for. A pasted list narrows to the people it names; one that this account does not have, or not any more,
 * names nobody: it was `asked` for 0 people. A request ID as the search stands for the people of that request.
 */
export async function resolveFilter(db: Database, accountId: string, filter: UserFilter): Promise<WantedPeople> {
  const [cells, listed, missing, requested] = await Promise.all([
    cellsOf(db, accountId),
    filter.list === null ? undefined : findListed(db, accountId, filter.list),
    findMissing(db, accountId, filter.search),
    findRequested(db, accountId, filter.search),
  ]);
  const wanted = { accountId, filter, cells, words: wordsOf(filter.search), missing, only: null };
  if (requested) return { ...wanted, words: [], ...requested };
  return { ...wanted, ...listed };
}

async function findListed(db: Database, accountId: string, id: string): Promise<Pick<WantedPeople, 'only' | 'list'>> {
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

/** The person that an entry of a list means. One that was kept before entries were read as they are now is an ID. */
function refFrom(entry: string): PersonRef {
  const cleaned = cleanPerson(entry);
  return 'ref' in cleaned ? cleaned.ref : { userId: entry, email: null, upn: null };
}

/** Of several e-mails or IDs in a search, those that nobody has. */
async function findMissing(db: Database, accountId: string, search: string): Promise<string[]> {
  const { addresses, uuids } = namesIn(search);
  const named = [...addresses, ...uuids];
  if (named.length < 2) return [];
  const found = await Promise.all(named.map((word) => isAnybodyFound(db, accountId, word)));
  return named.filter((_, index) => !found[index]);
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
