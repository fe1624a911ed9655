import { sql } from 'kysely';
import type { Database } from '../db/database.ts';
import { foldForSearch } from '../matching/fold.ts';
import { longestSearch } from './filter.ts';

/** Somebody who is called much like what was searched for. */
export type NearHit = { id: string; name: string | null; email: string | null };

/** Hits that are shown at most. */
const most = 3;

/** People who are compared letter by letter at most. */
const maxCompared = 2_000;

/** How much of the search's trigrams a person's words share at least: `silvva` and `silva` share 0.57. */
const leastLikeness = '0.4';

/** Up to three people whose name, e-mail or ID is spelt much like a search, the likest first, each of another name. */
export async function findNear(db: Database, accountId: string, search: string): Promise<NearHit[]> {
  const text = foldForSearch(search).slice(0, longestSearch);
  if ([...text].length < 3) return [];
  return db.transaction().execute(async (trx) => {
    await sql`
      select set_config('pg_trgm.word_similarity_threshold', ${leastLikeness}, true),
        set_config('enable_seqscan', 'off', true), set_config('enable_indexscan', 'off', true)`.execute(trx);
    const { rows } = await sql<NearHit>`
      with near as materialized (
        select id, name, email, sort_name, length(search) as length, word_similarity(${text}, search) as likeness
        from users where account_id = ${accountId} and ${text} <% search limit ${maxCompared}
      ), names as (
        select distinct on (sort_name) * from near order by sort_name, likeness desc, length, id
      )
      select id, name, email from names order by likeness desc, length, id limit ${most}`.execute(trx);
    return rows;
  });
}
