import { type Selectable, type SqlBool, sql } from 'kysely';
import type { Executor } from '../db/database.ts';
import type { BatchItemsTable } from '../db/tables/batches.ts';
import type { FailureCode } from '../failures.ts';
import { wordsOf } from '../matching/search-terms.ts';
import { wordConditions } from '../search/conditions-store.ts';
import { anywhere } from '../search/word-index.ts';
import { nameOf } from '../users/user.ts';
import type { ItemView, Part, Trait } from './batch.ts';
import { traitColumns } from './store.ts';

/** Which people of a batch are asked for: a group of the preview, or those with an outcome. */
export type ItemFilter = {
  part?: Part | undefined;
  state?: 'left' | 'changed' | 'failed' | undefined;
  code?: FailureCode | undefined;
  trait?: Trait | undefined;
  /** Words of a name, an e-mail or an ID, as People are searched by, or a part of how the list named somebody. */
  search?: string | undefined;
};

/** People on one page of a batch. */
const pageSize = 50;

/** People of a batch in their order, after `after`; `next` leads to the following page. */
export async function pageOfItems(
  db: Executor,
  batchId: string,
  filter: ItemFilter,
  after = 0,
): Promise<{ items: ItemView[]; next: number | null }> {
  const rows = await itemsAfter(db, batchId, filter, after, pageSize + 1);
  const items = rows.slice(0, pageSize).map(itemFrom);
  return { items, next: rows.length > pageSize ? (items.at(-1)?.position ?? null) : null };
}

const exportedAtOnce = 5_000;

/** How many people a batch is about, whatever group they are in. */
export async function countItems(db: Executor, batchId: string): Promise<number> {
  const { people } = await db
    .selectFrom('batch_items')
    .select(({ fn }) => fn.countAll<string>().as('people'))
    .where('batch_id', '=', batchId)
    .executeTakeFirstOrThrow();
  return Number(people);
}

/** All of them, or of those who are asked for, a piece at a time. */
export async function* everyItem(db: Executor, batchId: string, filter: ItemFilter = {}): AsyncGenerator<ItemView[]> {
  for (let after = 0; ; ) {
    const rows = await itemsAfter(db, batchId, filter, after, exportedAtOnce);
    if (rows.length > 0) yield rows.map(itemFrom);
    if (rows.length < exportedAtOnce) return;
    after = rows.at(-1)?.position ?? after;
  }
}

function itemsAfter(
  db: Executor,
  batchId: string,
  { part, state, code, trait, search = '' }: ItemFilter,
  after: number,
  most: number,
) {
  let query = db
    .selectFrom('batch_items')
    .selectAll()
    .where('batch_id', '=', batchId)
    .where('position', '>', after)
    .orderBy('position')
    .limit(most);
  if (part) query = query.where('part', '=', part);
  if (state === 'left') query = query.where('state', 'in', ['waiting', 'sent']);
  else if (state) query = query.where('state', '=', state);
  if (trait) query = query.where(traitColumns[trait], '=', true);
  if (code) query = query.where(sql`failure->>'code'`, '=', code);
  if (search.trim() !== '') query = query.where(matches(search));
  return query.execute();
}

/** Whether the person of a line, as the mirror has them, or the line itself matches a search. */
const matches = (search: string) => sql<SqlBool>`(
  asked ilike ${anywhere(search.trim())} or exists (
    select from users join batches on batches.account_id = users.account_id
    where batches.id = batch_items.batch_id and users.id = batch_items.user_id
      and ${wordConditions(wordsOf(search))}))`;

const itemFrom = (row: Selectable<BatchItemsTable>): ItemView => ({
  position: row.position,
  part: row.part,
  line: row.line,
  asked: row.asked,
  unclear: row.unclear,
  complaints: row.complaints,
  traits: [...(row.is_device ? ['device' as const] : []), ...(row.is_invited ? ['invited' as const] : [])],
  user: row.user_id
    ? { id: row.user_id, name: nameOf({ id: row.user_id, name: row.name, email: row.email }), email: row.email }
    : null,
  from: row.from_license,
  to: row.to_license,
  reason: row.reason,
  state: row.state,
  tries: row.tries,
  failure: row.failure,
  settledAt: row.settled_at?.toISOString() ?? null,
});
