import type { Database } from '../db/database.ts';
import { type CountCell, totalOf } from '../search/cells/cells.ts';
import { countChanged, type FoundCell } from '../search/cells/cells-store.ts';
import { type ChangedDays, isAboutTime, type UserFilter } from '../search/filter.ts';
import { countFound } from '../search/find-users-store.ts';
import { resolveFilter } from '../search/resolve-filter.ts';
import { facetCounts, forEachDays, type UserCounts } from './counts.ts';

/**
 * The numbers beside the filters, exact: a click on one of them shows so many people. Without a search they are there at
 * any size of account; with one, everybody that it finds is counted.
 */
export async function showCounts(db: Database, accountId: string, filter: UserFilter): Promise<UserCounts> {
  const wanted = await resolveFilter(db, accountId, filter);
  const isSearched = wanted.words.length > 0 || wanted.only !== null || isAboutTime(filter);
  const found = isSearched ? await countFound(db, wanted) : await countChanged(db, accountId);

  const { facets, changedWithin, outside } = filter;
  const inDays = (days: ChangedDays | null) => (cell: FoundCell) => days === null || (cell.days ?? Infinity) <= days;
  const inOutside = (cell: FoundCell) => !outside || cell.outside;
  const isUnchanged = changedWithin === null && !outside;
  const shown: CountCell[] =
    isUnchanged && !isSearched ? wanted.cells : found.filter(inDays(changedWithin)).filter(inOutside);
  // A value that only others have stays on offer, with nobody.
  const offered = wanted.cells.map((cell) => ({ ...cell, people: 0 }));
  return {
    total: totalOf(shown, facets),
    facets: facetCounts([...shown, ...offered], facets),
    changed: forEachDays((days) => totalOf(found.filter(inDays(days)).filter(inOutside), facets)),
    outside: totalOf(
      found.filter(inDays(changedWithin)).filter((cell) => cell.outside),
      facets,
    ),
  };
}
