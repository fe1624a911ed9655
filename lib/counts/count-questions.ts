import type { Database } from '../db/database.ts';
import { totalOf } from '../search/cells/cells.ts';
import { isAboutTime, paramsFromFilter } from '../search/filter.ts';
import { countFound } from '../search/find-users-store.ts';
import { type QuestionKey, questions } from '../search/questions.ts';
import { resolveFilter } from '../search/resolve-filter.ts';

/** A ready-made question, how many people answer it, and the parameters of the address that lists them. */
export type AnsweredQuestion = { key: QuestionKey; people: number; params: string };

/** How many people of an account answer each of the ready-made questions, in their order. */
export function countQuestions(db: Database, accountId: string): Promise<AnsweredQuestion[]> {
  return Promise.all(
    questions.map(async ({ key, filter }) => {
      const wanted = await resolveFilter(db, accountId, filter);
      const cells = isAboutTime(filter) ? await countFound(db, wanted) : wanted.cells;
      return { key, people: totalOf(cells, filter.facets), params: paramsFromFilter(filter) };
    }),
  );
}
