import { type Selectable, sql } from 'kysely';
import { freshnessOf } from '../accounts/store.ts';
import type { Deps } from '../chime/deps.ts';
import { readSlowness } from '../chime/rate-store.ts';
import type { Database, Executor } from '../db/database.ts';
import type { BatchItemsTable } from '../db/schema.ts';
import { countNotEndedOf, groupNotEnded } from '../endings/not-ended-store.ts';
import { isAnyWorkerThere } from '../events/heartbeat-store.ts';
import type { FailureCode } from '../failures.ts';
import { type BatchLimits, needsApproval, peopleInDay } from '../operators/batch-limits.ts';
import { loginsOfNamesakes } from '../operators/namesakes-store.ts';
import type { Role } from '../operators/roles.ts';
import { nameOf } from '../users/user.ts';
import {
  type BatchReport,
  type BatchView,
  type FailureGroup,
  type Follower,
  type ItemView,
  isOver,
  type NamedOperator,
  type Part,
  type Trait,
} from './batch.ts';
import { inList } from './show-batches.ts';
import { type Batch, findBatch, findRuns, traitColumns } from './store.ts';

/** A batch as a page shows it, or undefined. `viewer` decides whether a preview of theirs would need a second admin. */
export async function showBatch(
  db: Database,
  accountId: string,
  id: string,
  viewer: { id: string; role: Role },
  limits: BatchLimits,
): Promise<BatchView | undefined> {
  const batch = await findVisibleBatch(db, accountId, id, viewer.id);
  if (!batch) return undefined;
  const [logins, notEnded, counts, noReturn, endDates, steps, undoable, underWay, followers, runs] = await Promise.all([
    loginsOfNamesakes(db, [batch.operator_id, batch.approver_id, batch.steered_by_id]),
    countNotEndedOf(db, [id]),
    countParts(db, batch),
    countNoReturn(db, id),
    batch.state === 'draft' ? countEndDates(db, batch) : 0,
    countSteps(db, batch),
    isOver(batch.state) ? countUndoable(db, batch) : 0,
    countUnderWay(db, id),
    findFollowers(db, accountId, id),
    batch.state === 'draft' ? findRuns(db, viewer.id) : [],
  ]);
  const today = peopleInDay(runs, new Date());
  const limit = limits[viewer.role];
  return {
    ...inList(batch, logins, notEnded),
    held:
      batch.held_for && batch.held_until && batch.state === 'running'
        ? { code: batch.held_for, until: batch.held_until.toISOString() }
        : null,
    approver: named(batch.approver_id, batch.approver_name, logins),
    steeredBy: named(batch.steered_by_id, batch.steered_by_name, logins),
    token: batch.token_name,
    fingerprint: batch.fingerprint ?? '',
    ...counts,
    noReturn,
    endDates,
    steps,
    left: batch.total - batch.changed - batch.failed,
    undoable,
    underWay,
    secondsLeft: secondsLeft(batch),
    end: batch.end_at && batch.end_zone ? { at: batch.end_at.toISOString(), zone: batch.end_zone } : null,
    submittedAt: batch.submitted_at?.toISOString() ?? null,
    startedAt: batch.started_at?.toISOString() ?? null,
    needsApproval:
      batch.state === 'draft' ? needsApproval(limits, viewer.role, batch.total, today) : batch.state === 'waiting',
    limit: batch.state === 'draft' && limit ? { ...limit, today } : null,
    followers,
  };
}

/** An operator who did something with a batch, as their name is kept there. */
const named = (
  id: string | null,
  name: string | null,
  logins: ReadonlyMap<string | null, string>,
): NamedOperator | null => (name === null ? null : { name, login: logins.get(id) ?? null });

/** The same, with why not everybody was changed or got their plan back, and what slows it down. */
export async function reportOnBatch(
  { db, chime }: Deps,
  accountId: string,
  id: string,
  viewer: { id: string; role: Role },
  limits: BatchLimits,
): Promise<BatchReport | undefined> {
  const [batch, failures, endFailures, slowedTo, { syncing }, hasWorker] = await Promise.all([
    showBatch(db, accountId, id, viewer, limits),
    groupFailures(db, id),
    groupNotEnded(db, id),
    readSlowness(db, chime.name),
    freshnessOf(db, accountId),
    isAnyWorkerThere(db),
  ]);
  const reading = batch?.state === 'starting' && syncing ? { read: syncing.read, about: syncing.about } : null;
  return batch && { batch, failures, endFailures, slowedTo, reading, hasWorker };
}

/** A batch that is there for a viewer: somebody else's preview is not. */
export async function findVisibleBatch(
  db: Executor,
  accountId: string,
  id: string,
  viewerId: string,
): Promise<Batch | undefined> {
  const batch = await findBatch(db, accountId, id);
  return batch?.state === 'draft' && batch.operator_id !== viewerId ? undefined : batch;
}

async function countParts(db: Executor, batch: Batch): Promise<Pick<BatchView, 'parts' | 'traits'>> {
  const { rows } = await sql<{ part: Part; people: string; device: string; invited: string }>`
    select part, count(*) as people, count(*) filter (where is_device) as device,
      count(*) filter (where is_invited) as invited
    from batch_items where batch_id = ${batch.id}::uuid group by part`.execute(db);
  const rowOf = (part: Part) => rows.find((row) => row.part === part);
  const of = (part: Part) => Number(rowOf(part)?.people ?? 0);
  const counts = {
    change: of('change'),
    unclear: of('unclear'),
    missing: of('missing'),
    unreadable: of('unreadable'),
    same: of('same'),
    'no-return': of('no-return'),
    forbidden: of('forbidden'),
    directory: of('directory'),
    'left-out': of('left-out'),
  };
  const listed = Object.values(counts).reduce((sum, people) => sum + people, 0);
  const toChange = rowOf('change');
  return {
    parts: { ...counts, twice: batch.people - listed },
    traits: { device: Number(toChange?.device ?? 0), invited: Number(toChange?.invited ?? 0) },
  };
}

async function countNoReturn(db: Executor, id: string): Promise<BatchView['noReturn']> {
  const { rows } = await sql<{ license: string | null; people: string }>`
    select from_license as license, count(*) as people from batch_items
    where batch_id = ${id}::uuid and part = 'no-return' group by from_license order by count(*) desc, 1`.execute(db);
  return rows.map((row) => ({ ...row, people: Number(row.people) }));
}

async function countEndDates(db: Executor, { id, account_id }: Batch): Promise<number> {
  const { rows } = await sql<{ people: string }>`
    select count(*) as people from endings
    where account_id = ${account_id} and state = 'planned' and exists (
      select from batch_items
      where batch_id = ${id}::uuid and part = 'change' and batch_items.user_id = endings.user_id)`.execute(db);
  return Number(rows[0]?.people ?? 0);
}

async function countSteps(db: Executor, { id, account_id }: Batch): Promise<BatchView['steps']> {
  const { rows } = await sql<{ from: string | null; to: string; people: string; canReturn: boolean }>`
    select from_license as "from", to_license as "to", count(*) as people, ${isGivenIn(account_id)} as "canReturn"
    from batch_items
    where batch_id = ${id}::uuid and part = 'change' group by from_license, to_license order by count(*) desc`.execute(
    db,
  );
  return rows.map((row) => ({ ...row, people: Number(row.people) }));
}

async function countUndoable(db: Executor, { id, account_id }: Batch): Promise<number> {
  const { rows } = await sql<{ people: string }>`
    select count(*) as people from batch_items
    where batch_id = ${id}::uuid and state = 'changed' and ${isGivenIn(account_id)}`.execute(db);
  return Number(rows[0]?.people ?? 0);
}

/** Whether an account can give people the plan they had before. */
const isGivenIn = (accountId: string) => sql<boolean>`
  coalesce(from_license = any((select supported_licenses from accounts where id = ${accountId})::text[]), false)`;

async function countUnderWay(db: Executor, id: string): Promise<number> {
  const { rows } = await sql<{ people: string }>`
    select count(*) as people from batch_shares join batch_items on share_id = batch_shares.id
    where batch_shares.batch_id = ${id}::uuid`.execute(db);
  return Number(rows[0]?.people ?? 0);
}

async function findFollowers(db: Executor, accountId: string, id: string): Promise<BatchView['followers']> {
  const { rows } = await sql<Follower>`
    select id, source->>'kind' as kind, source->>'only' as only, state from batches
    where account_id = ${accountId} and source->>'batchId' = ${id} and submitted_at is not null and state <> 'discarded'
    order by created_at`.execute(db);
  return rows;
}

/** At the pace since the mark before the last one, so that a new mark does not let the pace jump: 20 to 40 seconds. */
function secondsLeft(batch: Batch): number | null {
  const { state, total, changed, failed } = batch;
  const since = batch.pace_before_at ?? batch.pace_at;
  const before = batch.pace_before_at ? batch.pace_before_done : batch.pace_done;
  if (state !== 'running' || since === null) return null;
  const done = changed + failed;
  const seconds = (Date.now() - since.getTime()) / 1_000;
  if (done <= before || seconds < 0.5) return null;
  return Math.ceil(((total - done) * seconds) / (done - before));
}

/** Which people of a batch are asked for: a group of the preview, or those with an outcome. */
export type ItemFilter = {
  part?: Part | undefined;
  state?: 'left' | 'changed' | 'failed' | undefined;
  code?: FailureCode | undefined;
  trait?: Trait | undefined;
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
  { part, state, code, trait }: ItemFilter,
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
  return query.execute();
}

const itemFrom = (row: Selectable<BatchItemsTable>): ItemView => ({
  position: row.position,
  part: row.part,
  line: row.line,
  asked: row.asked,
  unclear: row.unclear,
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

/** The people who were not changed, by cause, the most frequent first. */
export async function groupFailures(db: Executor, batchId: string): Promise<FailureGroup[]> {
  const { rows } = await sql<{ code: FailureCode; people: string }>`
    select failure->>'code' as code, count(*) as people from batch_items
    where batch_id = ${batchId}::uuid and state = 'failed' group by failure->>'code' order by count(*) desc, 1`.execute(
    db,
  );
  return rows.map((row) => ({ ...row, people: Number(row.people) }));
}
