import { sql } from 'kysely';
import type { Scope } from '../accounts/scope.ts';
import { withinScope } from '../accounts/store.ts';
import type { Database } from '../db/database.ts';
import { wordsOf } from '../matching/search-terms.ts';
import { wordConditions } from './conditions-store.ts';
import type { Elsewhere } from './page.ts';
import { indexOf } from './word-index.ts';

/** So many people of one account are counted. */
const maxCounted = 100;

/** Accounts that are named. */
const maxAccounts = 5;

/** After this the answer is not worth waiting for. */
const longestMs = 500;

/**
 * In which accounts of a scope, but for one, a search finds people: up to five, those with most people first. Nothing for a
 * search that no index leads to, and where the answer would take long.
 */
export async function findElsewhere(db: Database, scope: Scope, except: string, search: string): Promise<Elsewhere[]> {
  const words = wordsOf(search);
  const isIndexed = words.some((spellings) => spellings.every((word) => indexOf(word).by === 'trigrams'));
  if (!isIndexed) return [];
  return db
    .transaction()
    .execute(async (trx) => {
      await sql`
        select set_config('statement_timeout', ${String(longestMs)}, true), set_config('enable_seqscan', 'off', true),
          set_config('enable_indexscan', 'off', true)`.execute(trx);
      const { rows } = await sql<{ id: string; name: string; people: string }>`
        select accounts.id, accounts.name, people
        from accounts cross join lateral (
          select count(*) as people from (
            select from users where account_id = accounts.id and ${wordConditions(words)} limit ${maxCounted + 1}
          ) found
        ) counted
        where ${withinScope(scope, sql.ref('accounts.id'))} and accounts.id <> ${except} and people > 0
        order by people desc, accounts.name limit ${maxAccounts}`.execute(trx);
      return rows.map(({ id, name, people }) => ({
        accountId: id,
        name,
        people: Math.min(Number(people), maxCounted),
        isMore: Number(people) > maxCounted,
      }));
    })
    .catch((error: unknown) => {
      if (isTooSlow(error)) return [];
      throw error;
    });
}

/** PostgreSQL's `query_canceled`. */
const isTooSlow = (error: unknown) => error instanceof Error && 'code' in error && error.code === '57014';
