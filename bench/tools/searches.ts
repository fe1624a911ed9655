import { firstPage } from '../../lib/search/filter.ts';
import { pageOfUsers } from '../../lib/search/show-users.ts';
import type { Sight } from './browser.ts';
import type { Desk } from './desk.ts';

/** A search as it is typed: what the page shows after each letter, and when it is then sorted by name downwards. */
export type Search = { letters: string[]; sights: Sight[]; shown: Sight; descending: Sight };

/** Different searches of this many letters, all from people's names; the last letter of each changes what is shown. */
export async function searchesFor(desk: Desk, length: number, count: number): Promise<Search[]> {
  const rows = await desk.deps.db
    .selectFrom('users')
    .select('name')
    .where('account_id', '=', desk.accountId)
    .orderBy('id')
    .execute();
  const words = rows
    .map(({ name }) => name?.slice(0, length).toLowerCase() ?? '')
    .filter((word) => /^[a-z]+$/.test(word));
  const found: Search[] = [];
  for (const word of new Set(words)) {
    const search = await readSearch(desk, [...word]);
    if (search) found.push(search);
    if (found.length === count) return found;
  }
  throw new Error(`The names are too much alike for ${count} searches of ${length} letters`);
}

async function readSearch(desk: Desk, letters: string[]): Promise<Search | undefined> {
  const sights: Sight[] = [];
  for (const place of letters.keys()) sights.push(await sightOf(desk, letters.slice(0, place + 1).join(''), false));
  const descending = await sightOf(desk, letters.join(''), true);
  const [shown, before] = [sights.at(-1), sights.at(-2)];
  if (!shown || JSON.stringify(shown) === JSON.stringify(before)) return undefined;
  return JSON.stringify(shown) === JSON.stringify(descending) ? undefined : { letters, sights, shown, descending };
}

/** What a page shows of a search: the people there are, read as the server reads them. */
export async function sightOf({ deps, accountId }: Desk, search: string, descending: boolean): Promise<Sight> {
  const { users } = await pageOfUsers(deps.db, accountId, { ...firstPage, search, descending });
  return { rows: { first: users[0]?.id ?? '', count: users.length } };
}
