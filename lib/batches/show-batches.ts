import type { Database, Executor } from '../db/database.ts';
import { countNotEndedOf, listNotEnded } from '../endings/not-ended-store.ts';
import { loginsOfNamesakes } from '../operators/namesakes-store.ts';
import type { BatchesPage, BatchInList } from './batch.ts';
import { countUndone } from './counts-store.ts';
import { type Batch, countPreviews, findBatch, listBatches, listWaiting } from './store.ts';

/** Batches on one page of their list, and the most people shown there whose plan did not end. */
const batchesOnPage = 50;
const maxNotEnded = 50;

type Viewer = { id: string; mayApprove: boolean };
type Asked = { before?: string | undefined; withPreviews?: boolean | undefined };

/**
 * Batches of an account, newest first, from the one after `before` on; from the newest where there is no such batch. The
 * viewer's own previews of the last day are among them if they are asked for. `next` is the batch to go on from.
 */
export async function showBatches(
  db: Database,
  accountId: string,
  viewer: Viewer,
  { before, withPreviews = false }: Asked = {},
): Promise<BatchesPage> {
  const isThere = before !== undefined && (await findBatch(db, accountId, before)) !== undefined;
  const page = { most: batchesOnPage + 1, before: isThere ? before : undefined, withPreviews };
  const [found, more] = await Promise.all([
    listBatches(db, accountId, viewer.id, page),
    isThere ? nothingMore : showMore(db, accountId, viewer),
  ]);
  const views = await viewsOf(db, [...found.slice(0, batchesOnPage), ...more.waiting]);
  const batches = views.slice(0, Math.min(found.length, batchesOnPage));
  return {
    ...more,
    batches,
    next: found.length > batchesOnPage ? (batches.at(-1)?.id ?? null) : null,
    waiting: views.slice(batches.length),
  };
}

const nothingMore = { waiting: [], plansNotEnded: [], previews: 0 };

async function showMore(db: Database, accountId: string, viewer: Viewer) {
  const [waiting, plansNotEnded, previews] = await Promise.all([
    viewer.mayApprove ? listWaiting(db, accountId, viewer.id) : [],
    listNotEnded(db, accountId, maxNotEnded),
    countPreviews(db, accountId, viewer.id),
  ]);
  return { waiting, plansNotEnded, previews };
}

async function viewsOf(db: Executor, batches: Batch[]): Promise<BatchInList[]> {
  const ids = batches.map(({ id }) => id);
  const [logins, notEnded, undone] = await Promise.all([
    loginsOfNamesakes(
      db,
      batches.map((batch) => batch.operator_id),
    ),
    countNotEndedOf(db, ids),
    countUndone(db, ids),
  ]);
  return batches.map((batch) => ({ ...inList(batch, logins, notEnded), undone: undone.get(batch.id) ?? 0 }));
}

/** What a list and its own page show of a batch. */
export const inList = (
  batch: Batch,
  logins: ReadonlyMap<string | null, string>,
  notEnded: ReadonlyMap<string, number>,
): Omit<BatchInList, 'undone'> => ({
  id: batch.id,
  state: batch.state,
  cause: batch.stop_cause,
  operator: { id: batch.operator_id, name: batch.operator_name, login: logins.get(batch.operator_id) ?? null },
  source: batch.source,
  to: batch.to_license,
  reason: batch.reason,
  total: batch.total,
  changed: batch.changed,
  failed: batch.failed,
  notEnded: notEnded.get(batch.id) ?? 0,
  createdAt: batch.created_at.toISOString(),
  startAt: batch.start_at?.toISOString() ?? null,
  endedAt: batch.ended_at?.toISOString() ?? null,
});
